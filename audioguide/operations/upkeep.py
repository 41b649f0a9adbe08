"""What a guide mends of itself: lost files, rested voices, forgotten groups, old sound."""

from __future__ import annotations

from audioguide.operations.opened import Opened
from audioguide.operations.opening import free_to_write
from audioguide.operations.pack import repair_pictures
from audioguide.services.groups import leading
from audioguide.services.narration import backoff, plan, pruning
from audioguide.services.narration.pruning import Pruned


def repair(opened: Opened) -> None:
    """Want again what has lost its files, give every voice another chance, end forgotten groups."""
    with opened.database.writing() as session:
        leading.end_forgotten(session)
        backoff.wake_all(session)
        plan.repair(session, opened.store)
    repair_pictures(opened)


def want_again_with_room(opened: Opened) -> bool:
    """Want again what failed for want of room, if anything did; tell whether it was so.

    Raise OperationalError, at once, where another program holds the database.
    """
    with opened.database.reading() as session:
        if not plan.failed_for_room(session):
            return False
    free_to_write(opened)
    with opened.database.writing() as session:
        plan.want_again_with_room(session)
    return True


def prune(opened: Opened) -> Pruned:
    """Remove the sound that no row has named for long."""
    with opened.database.reading() as session:
        names = pruning.named(session)
    return pruning.prune(names, opened.store, opened.settings.data)
