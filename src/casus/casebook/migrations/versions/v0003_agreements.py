"""Agreements by hand, and what people decide about agreements.

An agreement that somebody entered is of no reading; what readings tell stays as it is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; SQLite writes `agreement` anew, since it can't change a column."""
    with op.batch_alter_table("agreement") as table:
        table.alter_column("reading", existing_type=_Number, nullable=True)
    op.create_table(
        "agreement_decision",
        sa.Column("number", _Number, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=True),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("seen", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_agreement_decision")),
    )
