"""Archives of millions of reports: the same reader and rules, over files, on many cores.

An archive is read in three stages (`reading`), linked (`linking`) and loaded into a casebook
(`loading`).  `tables` says what its Parquet tables hold.
"""
