"""The museum says which kinds of stops it has; of those before the program knows all.

Revision 0017, after 0016, 2026-11-30 14:30:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stop_kind",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_route", sa.Boolean(), nullable=False),
        sa.Column("is_person", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_stop_kind")),
    )
    op.create_table(
        "stop_kind_text",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind"], ["stop_kind.slug"], name=op.f("fk_stop_kind_text_kind_stop_kind")
        ),
        sa.PrimaryKeyConstraint("kind", "language", name=op.f("pk_stop_kind_text")),
    )
    _make_room(16, 64)


def downgrade() -> None:
    _make_room(64, 16)
    op.drop_table("stop_kind_text")
    op.drop_table("stop_kind")


def _make_room(before: int, now: int) -> None:
    if op.get_bind().dialect.name == "sqlite":
        return  # it holds no string to its length
    op.alter_column(
        "stop",
        "kind",
        type_=sa.String(now),
        existing_type=sa.String(before),
        existing_nullable=False,
    )
