"""Charts of answers: honest by default, readable in grey and by the colour-blind, offline.

`drawing` holds what a chart is and how it is written, `theme` how charts look; the other
modules draw one kind of answer each.
"""
