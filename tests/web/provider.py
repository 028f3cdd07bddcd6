"""A small OpenID Connect provider that runs in the tests: discovery, keys, authorize, token."""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, Form, Header, HTTPException
from fastapi.responses import RedirectResponse
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "casus-test", "a secret of both sides"


@dataclass
class Provider:
    """Signs in whoever `person` is; `lies` replace claims, `key` and `algorithm` sign."""

    issuer: str
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "u-17"})
    lies: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}))
    signs_with: RSAKey | OctKey | None = None
    algorithm: str = "RS256"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def token(self, nonce: str) -> str:
        """An ID token of the person."""
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        claims = {
            name: value for name, value in {**told, **self.person, **self.lies}.items() if value is not None
        }
        if self.algorithm == "none":
            header, body = ({"alg": "none"}, claims)
            parts = (
                base64.urlsafe_b64encode(repr(part).replace("'", '"').encode()) for part in (header, body)
            )
            return b".".join(part.rstrip(b"=") for part in parts).decode() + "."
        header = {"alg": self.algorithm, "kid": "k1"}
        return jwt.encode(header, claims, self.signs_with or self.key, algorithms=[self.algorithm])

    def app(self) -> FastAPI:
        """The provider as an application."""
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def configuration() -> dict[str, Any]:
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }

        @app.get("/keys")
        def keys() -> Mapping[str, Any]:
            return {"keys": [self.key.as_dict(private=False)]}

        @app.get("/authorize")
        def authorize(
            *,
            client_id: str,
            redirect_uri: str,
            state: str,
            nonce: str,
            scope: str,
            code_challenge: str,
            code_challenge_method: str,
            response_type: str,
        ) -> RedirectResponse:
            if (client_id, response_type, code_challenge_method) != (CLIENT, "code", "S256"):
                raise HTTPException(400)
            if "openid" not in scope.split():
                raise HTTPException(400)
            code = secrets.token_urlsafe(16)
            self.codes[code] = {"challenge": code_challenge, "nonce": nonce, "back": redirect_uri}
            return RedirectResponse(f"{redirect_uri}?{urlencode({'code': code, 'state': state})}", 303)

        @app.post("/token")
        def token(
            code: Annotated[str, Form()],
            code_verifier: Annotated[str, Form()],
            redirect_uri: Annotated[str, Form()],
            authorization: Annotated[str, Header()],
        ) -> dict[str, Any]:
            known = self.codes.pop(code, None)
            digest = hashlib.sha256(code_verifier.encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            if known is None or (known["challenge"], known["back"]) != (challenge, redirect_uri):
                raise HTTPException(400, "invalid_grant")
            if authorization != f"Basic {basic}":
                raise HTTPException(401, "invalid_client")
            return {"access_token": "x", "token_type": "Bearer", "id_token": self.token(known["nonce"])}

        return app


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that listens on this computer."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    provider = Provider(f"http://127.0.0.1:{listening.getsockname()[1]}")
    server = uvicorn.Server(uvicorn.Config(provider.app(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield provider
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
