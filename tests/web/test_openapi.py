"""Whatever the API is asked, it answers as its OpenAPI document says, and never with a server error.

Schemathesis makes up requests from the document, right ones and wrong ones, for every operation.
"""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error, response_schema_conformance

from casus.casebook.book import Casebook
from casus.casebook.people.records import Role
from casus.web import routes
from casus.web.access import csrf_of
from web.accounts import app_of, with_accounts

_EXAMPLES = 15
_CHECKS = [not_a_server_error, response_schema_conformance]
OPERATIONS = sorted(
    (f"/api/v1{route.path_format}", method)
    for router in routes.API
    for route in router.routes
    if getattr(route, "include_in_schema", False)
    for method in route.methods
)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_the_api_keeps_to_its_document(path: str, method: str, book: Casebook) -> None:
    people = with_accounts(book)
    app = app_of(book, hosts=("testserver", "localhost"))
    secret, _ = people.start_session(people.account(Role.ADMIN))
    headers = {"Cookie": f"casus={secret}", "X-Casus-CSRF": csrf_of(secret)}
    document = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=headers)

    @given(case=document[path][method].as_strategy())
    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, checks=_CHECKS)

    ask()
