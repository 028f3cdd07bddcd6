"""The tables of the first casebooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "decision",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("seen", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_decision")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("successor", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["successor"], ["event.id"], name=op.f("fk_event_successor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_table(
        "pair",
        sa.Column("one", sa.String(length=32), nullable=False),
        sa.Column("other", sa.String(length=32), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.CheckConstraint("one < other", name=op.f("ck_pair_ordered")),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_pair")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pair_other", "pair", ["other"], unique=False)
    op.create_table(
        "pending",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_pending")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "progress",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_progress")),
    )
    op.create_table(
        "reference_set",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("format", sa.String(length=24), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reference_set")),
        sa.UniqueConstraint("name", name=op.f("uq_reference_set_name")),
    )
    op.create_table(
        "report",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body_start", sa.Integer(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("credit", sa.String(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_report")),
        sa.UniqueConstraint("hash", name=op.f("uq_report_hash")),
    )
    op.create_index("ix_report_name", "report", ["name"], unique=False)
    op.create_table(
        "copy_key",
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_copy_key_report")),
        sa.PrimaryKeyConstraint("key", "report", name=op.f("pk_copy_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copy_pair",
        sa.Column("one", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.CheckConstraint("one < other", name=op.f("ck_copy_pair_ordered")),
        sa.ForeignKeyConstraint(["one"], ["report.number"], name=op.f("fk_copy_pair_one")),
        sa.ForeignKeyConstraint(["other"], ["report.number"], name=op.f("fk_copy_pair_other")),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_copy_pair")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copy_pair_other", "copy_pair", ["other"], unique=False)
    op.create_table(
        "decision_key",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("decision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["decision"], ["decision.number"], name=op.f("fk_decision_key_decision")),
        sa.PrimaryKeyConstraint("key", "decision", name=op.f("pk_decision_key")),
    )
    op.create_table(
        "event_state",
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("event_type", sa.String(length=24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("adm1", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("grade", sa.String(length=12), nullable=False),
        sa.Column("killed_best", sa.Integer(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("is_reviewed", sa.Boolean(), nullable=False),
        sa.Column("is_rejected", sa.Boolean(), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("assignee", sa.String(), nullable=True),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_event_state_event")),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_event_state")),
    )
    op.create_index("ix_event_state_country_day", "event_state", ["country", "day"], unique=False)
    op.create_index("ix_event_state_day_event", "event_state", ["day", "event"], unique=False)
    op.create_index("ix_event_state_grade", "event_state", ["grade"], unique=False)
    op.create_table(
        "link",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_link_event")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_link")),
    )
    op.create_index("ix_link_event", "link", ["event"], unique=False)
    op.create_index(
        "uq_link_current",
        "link",
        ["key"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "reading",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("issues", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_reading_report")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reading")),
    )
    op.create_index(
        "uq_reading_current",
        "reading",
        ["report"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "reference_event",
        sa.Column("reference_set", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("event_type", sa.String(length=24), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("precision_code", sa.Integer(), nullable=True),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("best", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("actors", sa.JSON(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference_set"],
            ["reference_set.number"],
            name=op.f("fk_reference_event_reference_set"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reference_set", "id", name=op.f("pk_reference_event")),
    )
    op.create_index("ix_reference_event_country_start", "reference_event", ["country", "start"], unique=False)
    op.create_table(
        "agreement",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("reading", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_agreement_reading")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_agreement")),
    )
    op.create_index("ix_agreement_reading", "agreement", ["reading"], unique=False)
    op.create_table(
        "reported_event",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("reading", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("event_type", sa.String(length=24), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_reported_event_reading")),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_reported_event_report")),
        sa.PrimaryKeyConstraint("reading", "key", name=op.f("pk_reported_event")),
    )
    op.create_index("ix_reported_event_country_first", "reported_event", ["country", "first"], unique=False)
    op.create_index("ix_reported_event_first", "reported_event", ["first"], unique=False)
    op.create_index("ix_reported_event_key", "reported_event", ["key"], unique=False)
    op.create_index("ix_reported_event_place", "reported_event", ["place"], unique=False)
    op.create_index("ix_reported_event_report", "reported_event", ["report"], unique=False)
    op.create_table(
        "statistic",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("reading", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_statistic_reading")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_statistic")),
    )
    op.create_index("ix_statistic_reading", "statistic", ["reading"], unique=False)
    op.create_table(
        "claim",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("reading", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading", "key"],
            ["reported_event.reading", "reported_event.key"],
            name=op.f("fk_claim_reading_key"),
        ),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_claim_reading")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_claim")),
    )
    op.create_index("ix_claim_reading", "claim", ["reading"], unique=False)
