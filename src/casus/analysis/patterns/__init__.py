"""Where and what: concentration by unit, near repeats, parties, and tolls by kind of harm.

Each module has one function that asks a casebook (`units`, `near_repeats`, `parties`, `harms`)
and gives a typed, frozen result with a `frame()`; docs/patterns.md tells the methods.
"""
