"""Data sets from a casebook, in the formats of the field."""
