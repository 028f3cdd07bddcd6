"""How a workbench is served."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What `casus serve` is asked for.

    `tiles` is the address of a tile server with {z}, {x} and {y}, None for the basemap that
    comes with Casus; `tiles_credit` is what the map says of it.  `local_name` is who decides
    in the local mode, which ends when somebody has an account unless `is_always_local`; None
    asks everybody to sign in.  `hosts` are the names that browsers may call the server by.
    `is_secure` says that browsers come over TLS even where the server itself sees none;
    `proxies` are the addresses whose X-Forwarded headers are believed.

    `readers` processes for single texts are made ready when the server starts, one when it is
    first needed where that is 0.  `allow_private` lets addresses within private networks be
    fetched.  `upload_bytes` is the most that may be sent at once, `unpacked_bytes` what may
    come of it; `folder` keeps the files of jobs, None stands for a place beside the casebook.
    """

    local_name: str | None = "local"
    is_always_local: bool = False
    tiles: str | None = None
    tiles_credit: str = ""
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
    upload_bytes: int = 32 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    upload_files: int = 100
    readers: int = 0
    allow_private: bool = False
    folder: Path | None = None
    is_secure: bool = False
    proxies: tuple[str, ...] = field(default=())
