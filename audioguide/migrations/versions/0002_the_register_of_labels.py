"""The register of labels.

Revision 0002, after 0001, 2026-11-22 07:00:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "label_base",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("base_url", sa.String(length=255), nullable=False),
        sa.Column("pinned_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "label_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("stock", sa.String(length=64), nullable=False),
        sa.Column("start_cell", sa.Integer(), nullable=False),
        sa.Column("next_free_cell", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("base_url", sa.String(length=255), nullable=False),
        sa.Column("pdf", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("verified", sa.Integer(), nullable=False),
        sa.Column("symbol_side_mm", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("label_batch") as batch:
        batch.create_index("ix_label_batch_stock", ["stock"], unique=False)
        batch.create_index("ix_label_batch_digest", ["digest"], unique=False)
    op.create_table(
        "label_printed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("stop_code", sa.String(length=5), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("payload", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("mask", sa.Integer(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["label_batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("label_printed") as batch:
        batch.create_index("ix_label_printed_batch_id", ["batch_id"], unique=False)
        batch.create_index("ix_label_printed_stop_code", ["stop_code"], unique=False)


def downgrade() -> None:
    op.drop_table("label_printed")
    op.drop_table("label_batch")
    op.drop_table("label_base")
