"""Answers from a casebook: trends, checks of statistics, estimates, patterns, charts and reports.

Each answer is a function that returns a typed, frozen result with a `frame()` of its figures.
What the record does not answer raises `NotAnswerable` with one sentence that says why.  It
needs the extra `[analysis]`.
"""
