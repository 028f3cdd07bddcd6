"""All that pages and the REST API look up in a casebook: lists, sums, and what is beside a record."""
