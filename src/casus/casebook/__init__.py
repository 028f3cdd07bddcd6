"""The casebook: one record from many reports, in one database.

`Casebook.open` is the way in.  Nothing else touches the database.
"""

from casus.casebook.book import Casebook

__all__ = ["Casebook"]
