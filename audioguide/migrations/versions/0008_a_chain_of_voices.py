"""A chain of voices: scripts, preferences, and voices that rest.

Revision 0008, after 0007, 2026-11-25 13:00:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("narration") as batch:
        batch.add_column(sa.Column("preference", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("wanted_script", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("script_digest", sa.String(length=64), nullable=True))
    with op.batch_alter_table("transcript") as batch:
        batch.add_column(sa.Column("script_digest", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("script_key", sa.String(length=64), nullable=True))
    op.create_table(
        "voice_rest",
        sa.Column("voice", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("voice"),
    )


def downgrade() -> None:
    op.drop_table("voice_rest")
    with op.batch_alter_table("transcript") as batch:
        batch.drop_column("script_key")
        batch.drop_column("script_digest")
    with op.batch_alter_table("narration") as batch:
        batch.drop_column("script_digest")
        batch.drop_column("wanted_script")
        batch.drop_column("preference")
