"""The casebooks on both kinds of database, as the casebook's own tests have them."""

from casebook.conftest import book, new_url, postgres

__all__ = ["book", "new_url", "postgres"]
