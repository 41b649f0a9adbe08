"""Languages of more than two letters fit: BCP 47 asks for room for tags of 35.

Revision 0014, after 0013, 2026-11-30 09:30:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = (
    "hall_text",
    "museum_text",
    "narration",
    "picture_text",
    "price_text",
    "talking_points",
    "tour_text",
    "transcript",
)


def upgrade() -> None:
    _make_room(2, 35)


def downgrade() -> None:
    _make_room(35, 2)


def _make_room(before: int, now: int) -> None:
    if op.get_bind().dialect.name == "sqlite":
        return  # it holds no string to its length, and would make eight tables anew
    for table in TABLES:
        op.alter_column(
            table,
            "language",
            type_=sa.String(now),
            existing_type=sa.String(before),
            existing_nullable=False,
        )
