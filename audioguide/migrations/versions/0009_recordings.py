"""Recordings: which take is heard, which is wanted, and what it was read from.

Revision 0009, after 0008, 2026-11-25 14:45:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAMES = ("take", "wanted_take", "pack_take", "pack_stamp")


def upgrade() -> None:
    with op.batch_alter_table("narration") as batch:
        for name in NAMES:
            batch.add_column(sa.Column(name, sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("read_text", sa.String(), nullable=True))
        batch.add_column(sa.Column("doubtful", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("narration") as batch:
        for name in ("doubtful", "read_text", *reversed(NAMES)):
            batch.drop_column(name)
