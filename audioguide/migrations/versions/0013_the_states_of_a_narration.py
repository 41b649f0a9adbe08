"""Constraints that say which states a narration has, and what stands in each.

Revision 0013, after 0012, 2026-11-30 06:00:00.

Rows that contradict themselves are healed first: they are wanted once more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

CHECKS = {
    "narration_state_is_known": "state IN ('wanted', 'speaking', 'ready', 'failed')",
    "narration_speaking_is_claimed": "(state = 'speaking') = (claimed_by IS NOT NULL)",
    "narration_claim_ends": "(claimed_by IS NULL) = (claimed_until IS NULL)",
    "narration_ready_is_heard": "state <> 'ready' OR sound IS NOT NULL",
    "narration_failed_has_reason": "state <> 'failed' OR reason IS NOT NULL",
}


def upgrade() -> None:
    op.execute(
        "UPDATE narration SET state = 'wanted', attempts = 0, reason = NULL "
        "WHERE state NOT IN ('wanted', 'speaking', 'ready', 'failed') "
        "OR (state = 'speaking' AND (claimed_by IS NULL OR claimed_until IS NULL)) "
        "OR (state = 'ready' AND sound IS NULL) "
        "OR (state = 'failed' AND reason IS NULL)"
    )
    op.execute(
        "UPDATE narration SET claimed_by = NULL, claimed_until = NULL WHERE state <> 'speaking'"
    )
    with op.batch_alter_table("narration") as batch:
        for name, rule in CHECKS.items():
            batch.create_check_constraint(name, sa.text(rule))


def downgrade() -> None:
    with op.batch_alter_table("narration") as batch:
        for name in CHECKS:
            batch.drop_constraint(name, type_="check")
