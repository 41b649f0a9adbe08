"""The pictures of stops.

Revision 0004, after 0003, 2026-11-25 13:40:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"]),
        sa.PrimaryKeyConstraint("stop_id"),
    )
    with op.batch_alter_table("picture") as batch:
        batch.create_index("ix_picture_digest", ["digest"], unique=False)
    op.create_table(
        "picture_file",
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["stop_id"], ["picture.stop_id"]),
        sa.PrimaryKeyConstraint("stop_id", "width_px"),
    )
    op.create_table(
        "picture_text",
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("alternative", sa.String(), nullable=False),
        sa.Column("credit", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["stop_id"], ["picture.stop_id"]),
        sa.PrimaryKeyConstraint("stop_id", "language"),
    )


def downgrade() -> None:
    op.drop_table("picture_text")
    op.drop_table("picture_file")
    op.drop_table("picture")
