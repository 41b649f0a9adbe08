"""The second format: WebM Opus beside the MP3.

Revision 0005, after 0004, 2026-11-25 13:40:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("narration") as batch:
        batch.add_column(sa.Column("webm", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("webm_size_bytes", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("narration") as batch:
        batch.drop_column("webm_size_bytes")
        batch.drop_column("webm")
