"""Signing in with an OpenID Connect provider: the authorization code flow with PKCE.

Authlib speaks with the provider.  What the browser brings back is believed only with the
state that it took along, the code only with the verifier that never left this server's
cookie, the ID token only where the provider signed it for us, just now, with our nonce.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from starlette.requests import Request

from casus.casebook.people.records import Account, Role
from casus.errors import FetchError, SettingsError
from casus.web.cookies import is_secure
from casus.web.guard import address_of
from casus.web.workbench import Workbench

_WAIT_S = 10.0
_MOST_BYTES = 1024 * 1024
_LASTS_S = 600
_LEEWAY_S = 60
_SCOPE = "openid email profile"
_SIGNED_BY = [
    "RS256",
    "PS256",
    "ES256",
    "RS384",
    "PS384",
    "ES384",
    "RS512",
    "PS512",
    "ES512",
    "Ed25519",
    "EdDSA",
]
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SignInRefused(Exception):
    """A sign-in elsewhere that is not believed; the message is for the person."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as its settings and its discovery document describe it."""

    issuer: str
    authorize: str
    token: str
    keys: str
    signed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that went to the provider: what must come back, and where it leads."""

    state: str
    nonce: str
    verifier: str
    next: str
    at: int

    def sealed(self, secret: str) -> str:
        """It as the value of a cookie that only this server can have written."""
        told = json.dumps([self.state, self.nonce, self.verifier, self.next, self.at])
        body = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
        return f"{body}.{_seal(secret, body)}"


def opened(value: str | None, secret: str, now: int) -> Pending:
    """What a cookie keeps; raises `SignInRefused` where it is missing, altered or too old."""
    body, _, seal = (value or "").partition(".")
    if not hmac.compare_digest(seal.encode(), _seal(secret, body).encode()):
        raise SignInRefused("this browser did not begin this sign-in here: begin again")
    pending = Pending(*json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))
    if not 0 <= now - pending.at <= _LASTS_S:
        raise SignInRefused("this sign-in took too long: begin again")
    return pending


def _seal(secret: str, body: str) -> str:
    return hmac.new(secret.encode(), f"sign-in {body}".encode(), "sha256").hexdigest()


def name_of(bench: Workbench) -> str | None:
    """What the provider is called; None where there is none."""
    issuer = bench.settings.oidc_issuer
    return urlsplit(issuer).hostname if issuer else None


def begin(bench: Workbench, request: Request, going_to: str) -> tuple[str, str]:
    """Where to send the browser, and the cookie that it takes along."""
    provider = discover(bench)
    pending = Pending(
        secrets.token_urlsafe(24),
        secrets.token_urlsafe(24),
        secrets.token_urlsafe(48),
        going_to,
        int(time.time()),
    )
    with _client(bench, request) as client:
        address, _ = client.create_authorization_url(
            provider.authorize, state=pending.state, nonce=pending.nonce, code_verifier=pending.verifier
        )
    return str(address), pending.sealed(bench.secret)


def finish(bench: Workbench, request: Request, cookie: str | None) -> tuple[Account, str]:
    """Who comes back from the provider, and where they wanted to go; raises `SignInRefused`."""
    pending = opened(cookie, bench.secret, int(time.time()))
    state = request.query_params.get("state", "")
    if not hmac.compare_digest(state.encode("utf-8", "replace"), pending.state.encode()):
        raise SignInRefused("what came back belongs to another sign-in: begin again")
    if "error" in request.query_params or "code" not in request.query_params:
        raise SignInRefused("the provider did not sign you in")
    provider = discover(bench)
    claims = _claims(bench, request, provider, pending)
    account = bench.book.people.sign_in_elsewhere(
        f"{provider.issuer} {claims['sub']}",
        address=address_of(request),
        email=_text(claims, "email") if claims.get("email_verified") is True else None,
        name=_text(claims, "preferred_username"),
        full_name=_full_name(claims),
        newcomers=Role(bench.settings.oidc_role) if bench.settings.oidc_role else None,
    )
    if account is None:
        raise SignInRefused("the provider knows you, but you have no account here: ask an admin for one")
    return account, pending.next


def discover(bench: Workbench) -> Provider:
    """The provider, as its discovery document describes it; raises `FetchError` where that is wrong."""
    issuer = bench.settings.oidc_issuer
    if not issuer:
        raise SettingsError("no OpenID Connect provider is set: see CASUS_OIDC_ISSUER")
    told = _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise FetchError(f"CASUS_OIDC_ISSUER is {issuer}, and the provider says {told.get('issuer')}")
    authorize, token, keys = (
        _checked(str(told.get(name, ""))) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    )
    offered = told.get("id_token_signing_alg_values_supported") or ["RS256"]
    signed_by = tuple(name for name in _SIGNED_BY if name in offered)
    return Provider(issuer, authorize, token, keys, signed_by)


def _claims(bench: Workbench, request: Request, provider: Provider, pending: Pending) -> Mapping[str, Any]:
    """What the provider vouches for."""
    try:
        with _client(bench, request) as client:
            given = client.fetch_token(
                provider.token,
                grant_type="authorization_code",
                code=request.query_params["code"],
                code_verifier=pending.verifier,
            )
        keys = KeySet.import_key_set(_fetched(provider.keys))  # type: ignore[arg-type]
        token = jwt.decode(str(given.get("id_token", "")), keys, algorithms=list(provider.signed_by))
        options = {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": bench.settings.oidc_client_id},
            "sub": {"essential": True},
            "nonce": {"essential": True, "value": pending.nonce},
        }
        claims = CodeIDToken(
            token.claims, token.header, options,
            {"nonce": pending.nonce, "client_id": bench.settings.oidc_client_id,
             "access_token": given.get("access_token")},
        )  # fmt: skip
        claims.validate(leeway=_LEEWAY_S)
    except (OAuthError, JoseError, httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise SignInRefused("what the provider sent is not believed: begin again, or ask an admin") from error
    return dict(token.claims)


def _client(bench: Workbench, request: Request) -> OAuth2Client:
    scheme = "https" if is_secure(request) else request.url.scheme
    return OAuth2Client(
        bench.settings.oidc_client_id,
        bench.settings.oidc_client_secret,
        scope=_SCOPE,
        redirect_uri=f"{scheme}://{request.url.netloc}/sign-in/back",
        code_challenge_method="S256",
        timeout=_WAIT_S,
        follow_redirects=False,
    )


def _fetched(address: str) -> dict[str, Any]:
    """A JSON object of the provider."""
    body = b""
    try:
        with httpx.stream("GET", _checked(address), timeout=_WAIT_S, follow_redirects=False) as answer:
            answer.raise_for_status()
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > _MOST_BYTES:
                    break
        told = json.loads(body) if len(body) <= _MOST_BYTES else None
    except (httpx.HTTPError, ValueError) as error:
        raise FetchError(f"the sign-in provider does not answer as it should at {address}") from error
    if not isinstance(told, dict):
        raise FetchError(f"the sign-in provider does not answer as it should at {address}")
    return told


def _checked(address: str) -> str:
    """An address of the provider that nobody on the way can read or change."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise FetchError(f"the sign-in provider must be reached by https: {address!r} is not")
    return address


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    return value if isinstance(value, str) and value else None


def _full_name(claims: Mapping[str, Any]) -> str:
    """A name to show, of what can be shown."""
    plain = "".join(char for char in _text(claims, "name") or "" if char.isprintable())
    return " ".join(plain.split())[:200]
