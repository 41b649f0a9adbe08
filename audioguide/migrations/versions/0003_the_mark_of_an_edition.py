"""The mark of an edition.

Revision 0003, after 0002, 2026-11-25 13:00:00.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("edition") as batch:
        batch.add_column(sa.Column("mark", sa.String(length=16), nullable=True))
    drawn = sa.text("UPDATE edition SET mark = :mark").bindparams(mark=secrets.token_hex(8))
    op.execute(drawn)


def downgrade() -> None:
    with op.batch_alter_table("edition") as batch:
        batch.drop_column("mark")
