"""A picture may be drawn, once in each language, with a legend.

Revision 0015, after 0014, 2026-11-30 10:30:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture_drawing",
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("legend", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["stop_id"], ["picture.stop_id"]),
        sa.PrimaryKeyConstraint("stop_id", "language"),
    )


def downgrade() -> None:
    op.drop_table("picture_drawing")
