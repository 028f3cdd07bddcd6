"""The casebook: one record from many reports, in one database.

`casus.casebook.book.Casebook` is the way in.  Nothing else touches the database.
"""
