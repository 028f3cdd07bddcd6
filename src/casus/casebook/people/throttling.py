"""Sign-ins that fail make the next ones wait, longer each time.

A name waits after five failures within an hour, an address after twenty (people behind one
proxy share it): one second, then twice as long each time, a quarter of an hour at most.
An attempt is noted before the password is checked, so that many at once count as many.
"""

from __future__ import annotations

import hashlib
import ipaddress
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t

WINDOW = timedelta(hours=1)
FREE_BY_NAME = 5
FREE_BY_ADDRESS = 20
_LONGEST = timedelta(minutes=15)
_MOST_CHARS = 64


def key_of(name: str) -> str:
    """What is kept of a name that was tried: not the name, since some type their password there."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def wait_of(connection: Connection, name: str, address: str, now: datetime) -> timedelta:
    """How long the next try of a name, or from an address, must wait; nothing where it need not."""
    failed = t.failed_sign_in
    return max(
        _wait(connection, failed.c.name == key_of(name), FREE_BY_NAME, now),
        _wait(connection, failed.c.address == network_of(address), FREE_BY_ADDRESS, now),
    )


def _wait(connection: Connection, which: sa.ColumnElement[bool], free: int, now: datetime) -> timedelta:
    at = t.failed_sign_in.c.at
    query = sa.select(sa.func.count(), sa.func.max(at)).where(which, at > now - WINDOW)
    count, last = connection.execute(query).one()
    if count < free or last is None:
        return timedelta(0)
    delay = min(timedelta(seconds=2.0 ** min(int(count) - free, 20)), _LONGEST)
    since: timedelta = now - last
    return max(delay - since, timedelta(0))


def note(connection: Connection, name: str, address: str, now: datetime) -> None:
    """Note an attempt as failed, until it turns out that it did not; old ones are forgotten."""
    failed = t.failed_sign_in
    connection.execute(sa.delete(failed).where(failed.c.at <= now - WINDOW))
    row = {"name": key_of(name), "address": network_of(address), "at": now}
    connection.execute(sa.insert(failed), row)


def forgive(connection: Connection, name: str) -> None:
    """Forget the failures of a name: somebody signed in with it."""
    connection.execute(sa.delete(t.failed_sign_in).where(t.failed_sign_in.c.name == key_of(name)))


def network_of(address: str) -> str:
    """What is counted as one address: of IPv6 the /64 that a household or a server has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:_MOST_CHARS]
    if parsed.version == 4 or parsed.ipv4_mapped is not None:
        return str(getattr(parsed, "ipv4_mapped", None) or parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
