"""The tables of a casebook, the same on SQLite and PostgreSQL.

What came in and what people decided are rows that are added and ended, never changed:
`report`, `reading`, `reported_event`, `claim`, `agreement`, `statistic`, `link`,
`decision`, `agreement_decision`, `audit`.  What follows from them can be made again at any
time: `event_state`, `event_record`, `event_actor`, `pair`, `copy_key`, `copy_pair`.  The rest is how
people work with it: `account`, `session`, `token`, `saved_view`, `feed`, `job`.  Times are UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.engine import Dialect


class UtcTime(TypeDecorator[datetime]):
    """A point in time, kept in UTC; aware on the way in and on the way out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware times become naive UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Naive UTC becomes aware."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up INTEGER keys only
_KEY = 32


def _counted(name: str) -> Column[Any]:
    return Column(name, _Number, primary_key=True, autoincrement=True)


report = Table(
    "report",
    metadata,
    _counted("number"),  # in the order of arrival
    Column("hash", String(64), nullable=False, unique=True),
    Column("name", String, nullable=False),  # its id where it came from
    Column("origin", String, nullable=False),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("publisher", String),
    Column("published_on", Date),
    Column("url", Text),
    Column("credit", String),  # the agency that the text is from, as it says itself
    Column("added_at", UtcTime, nullable=False),
    Index("ix_report_name", "name"),
    Index("ix_report_published_on_number", "published_on", "number"),
    Index("ix_report_publisher_published_on", "publisher", "published_on"),
)

# Reports with a key in common may be copies of one text.
copy_key = Table(
    "copy_key",
    metadata,
    Column("key", String(24), nullable=False),
    Column("report", _Number, ForeignKey("report.number"), nullable=False),
    PrimaryKeyConstraint("key", "report"),
    sqlite_with_rowid=False,
)

# Reports that share most of their words.
copy_pair = Table(
    "copy_pair",
    metadata,
    Column("one", _Number, ForeignKey("report.number"), nullable=False),
    Column("other", _Number, ForeignKey("report.number"), nullable=False),
    Column("share", Float, nullable=False),
    PrimaryKeyConstraint("one", "other"),
    CheckConstraint("one < other", name="ordered"),
    Index("ix_copy_pair_other", "other"),
    sqlite_with_rowid=False,
)

reading = Table(
    "reading",
    metadata,
    _counted("number"),
    Column("report", _Number, ForeignKey("report.number"), nullable=False),
    Column("reader", String, nullable=False),
    Column("issues", JSON, nullable=False),
    Column("read_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),  # when a newer reading took its place
    Index(
        "uq_reading_current",
        "report",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

reported_event = Table(
    "reported_event",
    metadata,
    # "0123456789ab.2": of the report whose hash begins so, the second; kept when it is read again.
    Column("key", String(_KEY), nullable=False),
    Column("reading", _Number, ForeignKey("reading.number"), nullable=False),
    Column("report", _Number, ForeignKey("report.number"), nullable=False),
    Column("ended_at", UtcTime),
    Column("is_main", Boolean, nullable=False),
    Column("event_type", String(24), nullable=False),
    # The days on which it may have been, as far as told, or judged by the publication date.
    Column("first", Date),
    Column("last", Date),
    Column("country", String(2)),
    Column("place", String),  # its name, folded
    Column("words", Text, nullable=False),  # what it is told in, for comparing
    Column("record", JSON, nullable=False),
    PrimaryKeyConstraint("reading", "key"),
    Index("ix_reported_event_key", "key"),
    Index("ix_reported_event_country_first", "country", "first"),
    Index("ix_reported_event_place", "place"),
    Index("ix_reported_event_first", "first"),
    Index("ix_reported_event_report", "report"),
)

claim = Table(
    "claim",
    metadata,
    _counted("number"),
    Column("reading", _Number, ForeignKey("reading.number"), nullable=False),
    Column("key", String(_KEY)),  # of the reported event that it is about
    Column("kind", String(24), nullable=False),
    Column("record", JSON, nullable=False),
    Index("ix_claim_reading", "reading"),
    ForeignKeyConstraint(["reading", "key"], ["reported_event.reading", "reported_event.key"]),
)

agreement = Table(
    "agreement",
    metadata,
    _counted("number"),
    Column("reading", _Number, ForeignKey("reading.number")),  # None where somebody entered it
    Column("record", JSON, nullable=False),
    Index("ix_agreement_reading", "reading"),
)

# What people decide about agreements, by the numbers of their tellings.
agreement_decision = Table(
    "agreement_decision",
    metadata,
    _counted("number"),
    Column("kind", String(12), nullable=False),
    Column("about", JSON, nullable=False),  # numbers of agreements, from readings and by hand
    Column("field", String(24)),
    Column("value", JSON(none_as_null=False)),
    Column("seen", JSON),  # what stood there when it was decided
    Column("reason", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_by", String),
    Column("withdrawn_reason", Text),
)

statistic = Table(
    "statistic",
    metadata,
    _counted("number"),
    Column("reading", _Number, ForeignKey("reading.number"), nullable=False),
    Column("record", JSON, nullable=False),
    Index("ix_statistic_reading", "reading"),
)

event = Table(
    "event",
    metadata,
    Column("id", String(_KEY), primary_key=True),
    Column("created_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("successor", String(_KEY), ForeignKey("event.id")),  # what it was merged into
)

decision = Table(
    "decision",
    metadata,
    _counted("number"),
    Column("kind", String(24), nullable=False),
    Column("keys", JSON, nullable=False),  # the reported events that it is about
    Column("field", String),
    Column("value", JSON(none_as_null=False)),
    Column("seen", JSON),  # what stood there when it was decided
    Column("reason", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_by", String),
    Column("withdrawn_reason", Text),
    Index("ix_decision_kind", "kind"),
)

decision_key = Table(
    "decision_key",
    metadata,
    Column("key", String(_KEY), nullable=False),
    Column("decision", _Number, ForeignKey("decision.number"), nullable=False),
    PrimaryKeyConstraint("key", "decision"),
)

link = Table(
    "link",
    metadata,
    _counted("number"),
    Column("event", String(_KEY), ForeignKey("event.id"), nullable=False),
    Column("key", String(_KEY), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime),
    Index("ix_link_event", "event"),
    Index(
        "uq_link_current",
        "key",
        unique=True,
        sqlite_where=text("until IS NULL"),
        postgresql_where=text("until IS NULL"),
    ),
)

# How alike two reported events are, where they may be one event.
pair = Table(
    "pair",
    metadata,
    Column("one", String(_KEY), nullable=False),
    Column("other", String(_KEY), nullable=False),
    Column("weight", Float, nullable=False),
    PrimaryKeyConstraint("one", "other"),
    CheckConstraint("one < other", name="ordered"),
    Index("ix_pair_other", "other"),
    sqlite_with_rowid=False,
)

event_state = Table(
    "event_state",
    metadata,
    Column("event", String(_KEY), ForeignKey("event.id"), primary_key=True),
    Column("event_type", String(24), nullable=False),
    Column("day", Date, nullable=False),  # its start, the last day there is where none is known
    Column("start", Date),
    Column("end", Date),
    Column("country", String(2)),
    Column("adm1", String),
    Column("place", String),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("grade", String(12), nullable=False),
    Column("adm2", String),
    Column("geonames_id", Integer),
    Column("precision_code", Integer),
    Column("killed_low", Integer),
    Column("killed_best", Integer),
    Column("killed_high", Integer),
    Column("injured_low", Integer),
    Column("injured_best", Integer),
    Column("injured_high", Integer),
    Column("harms", String, nullable=False),  # " killed injured ": to ask for one
    Column("disputes", Integer, nullable=False),  # how many fields accounts disagree on
    Column("score", Float),  # how sure linking and places are at the weakest point, 0 to 1
    Column("waits_for", String(16)),  # why it waits for a person (`Waiting`), None where it does not
    Column("revision", _Number, nullable=False),  # counts up over all events with each change of one
    Column("changed_at", UtcTime, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("is_reviewed", Boolean, nullable=False),
    Column("is_rejected", Boolean, nullable=False),
    Column("needs_review", Boolean, nullable=False),
    Column("assignee", String),
    Column("names", Text, nullable=False),  # places and actors in small letters, to search in
    Column("open_names", Text, nullable=False),  # the same without the names that are withheld
    Column("is_place_withheld", Boolean, nullable=False),
    Column("pressing", Integer, nullable=False),  # the place of `waits_for` in `Waiting`, after all for none
    Column("newest", Integer, nullable=False),  # minus the number of its day: the newest first; 0 for no day
    Index("ix_event_state_day_event", "day", "event"),
    Index("ix_event_state_country_day", "country", "day"),
    Index("ix_event_state_revision", "revision", unique=True),
)

# The whole state of each event, apart from what is searched so that searching reads little.
event_record = Table(
    "event_record",
    metadata,
    Column("event", String(_KEY), ForeignKey("event.id"), primary_key=True),
    Column("record", JSON, nullable=False),
)

# Whom events name, to list actors by.
event_actor = Table(
    "event_actor",
    metadata,
    Column("event", String(_KEY), ForeignKey("event.id"), nullable=False),
    Column("role", String(12), nullable=False),  # perpetrator or target
    Column("folded", String, nullable=False),
    Column("name", String, nullable=False),
    Column("registry_id", String),
    Column("country", String(2)),
    Column("is_withheld", Boolean, nullable=False),
    PrimaryKeyConstraint("event", "role", "folded"),
    Index("ix_event_actor_folded", "folded"),
    Index("ix_event_actor_registry_id", "registry_id"),
    sqlite_with_rowid=False,
)

# Reported events whose links or states are not yet computed.
pending = Table(
    "pending",
    metadata,
    Column("key", String(_KEY), primary_key=True),
    sqlite_with_rowid=False,
)

# How far a source was taken in, to go on from there.
progress = Table(
    "progress",
    metadata,
    Column("source", String, primary_key=True),
    Column("value", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
)

reference_set = Table(
    "reference_set",
    metadata,
    _counted("number"),
    Column("name", String, nullable=False, unique=True),
    Column("format", String(24), nullable=False),
    Column("loaded_at", UtcTime, nullable=False),
    Column("description", Text, nullable=False),
)

reference_event = Table(
    "reference_event",
    metadata,
    Column("reference_set", _Number, ForeignKey("reference_set.number", ondelete="CASCADE"), nullable=False),
    Column("id", String, nullable=False),
    Column("event_type", String(24), nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("country", String(2)),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("precision_code", Integer),
    Column("low", Integer),
    Column("best", Integer),
    Column("high", Integer),
    Column("actors", JSON, nullable=False),
    Column("record", JSON, nullable=False),
    PrimaryKeyConstraint("reference_set", "id"),
    Index("ix_reference_event_country_start", "country", "start"),
)

account = Table(
    "account",
    metadata,
    _counted("number"),
    Column("name", String(64), nullable=False, unique=True),  # in small letters, to sign in with
    Column("full_name", String, nullable=False),
    Column("role", String(12), nullable=False),
    Column("password_hash", String),  # Argon2; None for those who sign in elsewhere
    Column("subject", String, unique=True),  # issuer and subject of OpenID Connect
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", String, nullable=False),
    Column("closed_at", UtcTime),
)

session = Table(
    "session",
    metadata,
    Column("hash", String(64), primary_key=True),  # SHA-256 of the cookie's secret
    Column("account", _Number, ForeignKey("account.number"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Index("ix_session_account", "account"),
)

token = Table(
    "token",
    metadata,
    _counted("number"),
    Column("hash", String(64), nullable=False, unique=True),
    Column("account", _Number, ForeignKey("account.number"), nullable=False),
    Column("name", String, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime),
    Column("used_at", UtcTime),
    Column("revoked_at", UtcTime),
)

# Sign-ins that failed, to slow down who tries.
failed_sign_in = Table(
    "failed_sign_in",
    metadata,
    _counted("number"),
    Column("name", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_failed_sign_in_at", "at"),
)

# Who did what, changes and sign-ins alike; never changed.
audit = Table(
    "audit",
    metadata,
    _counted("number"),
    Column("at", UtcTime, nullable=False),
    Column("who", String, nullable=False),
    Column("action", String(40), nullable=False),
    Column("about", String, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("address", String(64)),
)

saved_view = Table(
    "saved_view",
    metadata,
    _counted("number"),
    Column("name", String, nullable=False),
    Column("page", String(24), nullable=False),
    Column("query", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("is_shared", Boolean, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Index("uq_saved_view", "by", "name", unique=True),
)

feed = Table(
    "feed",
    metadata,
    _counted("number"),
    Column("url", Text, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("every_minutes", Integer, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("made_by", String, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("taken_at", UtcTime),
    Column("result", JSON),
)

job = Table(
    "job",
    metadata,
    _counted("number"),
    Column("kind", String(24), nullable=False),
    Column("state", String(12), nullable=False),
    Column("by", String, nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("started_at", UtcTime),
    Column("ended_at", UtcTime),
    Column("beat_at", UtcTime),  # when its worker was last alive
    Column("done", Integer, nullable=False),
    Column("total", Integer),
    Column("message", Text, nullable=False),
    Column("result", JSON),
    Column("is_cancelled", Boolean, nullable=False),
    Index("ix_job_state", "state"),
)
