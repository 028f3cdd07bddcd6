"""The reported events of archives are linked to events, by the casebook's rules, on DuckDB or on Spark.

`accounts` makes what is compared, `blocks` says which pairs are, `model` weighs them with Splink,
`grouping` clusters what hangs together, and `writing` puts the result beside the archive.
"""
