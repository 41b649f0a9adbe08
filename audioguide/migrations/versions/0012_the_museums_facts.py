"""The museum's e-mail and map, its closed days, prices, notice and help.

Revision 0012, after 0011, 2026-11-30 02:00:00.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("museum", sa.Column("email", sa.String(length=254), nullable=True))
    op.add_column("museum", sa.Column("map_url", sa.String(length=1000), nullable=True))
    op.add_column(
        "museum", sa.Column("closed_days", sa.JSON(), server_default="[]", nullable=False)
    )
    op.add_column("museum", sa.Column("notice_until", sa.Date(), nullable=True))
    op.add_column("museum_text", sa.Column("notice", sa.String(), nullable=True))
    op.add_column("museum_text", sa.Column("help", sa.String(), nullable=True))
    op.create_table(
        "price",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("slug"),
    )
    op.create_table(
        "price_text",
        sa.Column("price", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["price"], ["price.slug"]),
        sa.PrimaryKeyConstraint("price", "language"),
    )
    # What was imported before has none of this: the pack is read once more.
    op.execute("DELETE FROM pack_seen")


def downgrade() -> None:
    op.drop_table("price_text")
    op.drop_table("price")
    for table, columns in (
        ("museum_text", ("help", "notice")),
        ("museum", ("notice_until", "closed_days", "map_url", "email")),
    ):
        for column in columns:
            op.drop_column(table, column)
