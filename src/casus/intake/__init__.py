"""Reports on their way into a casebook: read, filed a lot at a time, with an account of all of them."""
