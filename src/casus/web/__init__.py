"""The workbench: pages where people read, check and correct a casebook, and its REST API.

`create_app` in `casus.web.app` puts it together.  A page is a template that a router in
`pages` fills; a change is a call of the API in `api`, which the pages' own scripts make too,
so that one table says who may do what.  `views` are pure functions from records to what
the templates show.  `routes` lists all routers.
"""
