"""Stops at which no sound is suggested.

Revision 0006, after 0005, 2026-11-25 13:00:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch, which would make the table anew while other tables refer to its rows.
    op.add_column(
        "stop", sa.Column("quiet", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("stop", "quiet")
