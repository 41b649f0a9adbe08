"""People who sign in, and group tours.

Revision 0007, after 0006, 2026-11-25 13:30:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _group_tours()
    op.create_table(
        "talking_points",
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"]),
        sa.PrimaryKeyConstraint("stop_id", "language"),
    )


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("name_key", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_key"),
    )
    op.create_table(
        "invitation",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "signed_in",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "sign_in_delay",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(), nullable=False),
        sa.Column("wait_until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    for table in ("invitation", "signed_in"):
        with op.batch_alter_table(table) as batch:
            batch.create_index(f"ix_{table}_person_id", ["person_id"], unique=False)


def _group_tours() -> None:
    op.create_table(
        "group_tour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guide_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("join_code", sa.String(length=5), nullable=True),
        sa.Column("left_code", sa.String(length=5), nullable=True),
        sa.Column("tour_slug", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("guide_seen_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=False),
        sa.Column("playing", sa.Boolean(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("sounds", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["guide_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("join_code"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "group_presence",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group_tour.id"]),
        sa.PrimaryKeyConstraint("group_id", "process"),
    )
    with op.batch_alter_table("group_tour") as batch:
        batch.create_index("ix_group_tour_left_code", ["left_code"], unique=False)
        batch.create_index("ix_group_tour_guide_id", ["guide_id"], unique=False)
        batch.create_index("ix_group_tour_stop_id", ["stop_id"], unique=False)
    with op.batch_alter_table("group_presence") as batch:
        batch.create_index("group_presence_seen", ["seen_at"], unique=False)


def downgrade() -> None:
    for table in (
        "talking_points",
        "group_presence",
        "group_tour",
        "sign_in_delay",
        "signed_in",
        "invitation",
        "person",
    ):
        op.drop_table(table)
