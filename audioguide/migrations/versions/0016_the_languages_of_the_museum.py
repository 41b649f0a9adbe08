"""The museum says which languages it has; those of before have Kazakh, Russian and English.

Revision 0016, after 0015, 2026-11-30 13:00:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "museum",
        sa.Column(
            "languages", sa.JSON(), server_default='{"tags": ["kk", "ru", "en"]}', nullable=False
        ),
    )


def downgrade() -> None:
    op.drop_column("museum", "languages")
