"""Passwords: which are good enough, and how they are kept (Argon2id) and checked.

After NIST SP 800-63B: length counts, and no mixture of signs is asked for.
"""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casus.errors import AccountError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST = 12
MOST = 256
_LEAST_DIFFERENT = 5
_AT_ONCE = threading.BoundedSemaphore(4)  # each check takes 64 MiB


def check_password(password: str, *names: str) -> None:
    """Refuse a password that is too weak for the account of some names; the `AccountError` says why."""
    plain = _plain(password)
    if len(plain) < LEAST:
        raise AccountError(f"a password needs {LEAST} characters or more: a few words in a row are good")
    if len(plain) > MOST:
        raise AccountError(f"a password has {MOST} characters at most")
    if len(set(plain)) < _LEAST_DIFFERENT:
        raise AccountError(f"this password has fewer than {_LEAST_DIFFERENT} different characters")
    folded = _letters(plain)
    if any(folded == _letters(name) * times for name in names if _letters(name) for times in (1, 2, 3)):
        raise AccountError("this password is the name of its account: others guess that first")


def _plain(password: str) -> str:
    """The password as it is hashed, the same whichever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", password)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


@dataclass(slots=True)
class Passwords:
    """Hashes and checks passwords; `hasher` has the parameters, those of RFC 9106 where it is None."""

    hasher: PasswordHasher | None = None
    _decoy: str | None = None

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        with _AT_ONCE:
            return self._with().hash(_plain(password))

    def is_right(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one that was kept.

        It takes as long where nothing was kept, so that the time tells nobody which names exist.
        """
        hasher = self._with()
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - an extra

        if self._decoy is None:
            self._decoy = self.hash("nobody has this password")
        can_be = kept is not None and len(password) <= MOST
        try:
            with _AT_ONCE:
                hasher.verify(kept if can_be and kept else self._decoy, _plain(password[:MOST]))
        except (VerificationError, InvalidHashError):
            return False
        return can_be

    def is_dated(self, kept: str) -> bool:
        """Whether it was kept with other parameters than today's."""
        return self._with().check_needs_rehash(kept)

    def _with(self) -> PasswordHasher:
        if self.hasher is None:
            try:
                from argon2 import PasswordHasher  # noqa: PLC0415 - an extra
            except ImportError as error:
                raise AccountError("accounts need argon2-cffi: install casus-events[web]") from error
            self.hasher = PasswordHasher()
        return self.hasher
