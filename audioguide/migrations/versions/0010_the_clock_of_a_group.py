"""The clock of a group: by which run of the machine its moments were written.

Revision 0010, after 0009, 2026-11-29 22:30:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("group_tour") as batch:
        batch.add_column(sa.Column("boot", sa.String(length=36), nullable=True))
        batch.add_column(sa.Column("boot_ms", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("group_tour") as batch:
        batch.drop_column("boot_ms")
        batch.drop_column("boot")
