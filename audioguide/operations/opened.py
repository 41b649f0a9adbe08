"""The open guide, which every operation is handed first, as every service is handed a session."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from audioguide.db import Database
from audioguide.services.narration import take_intake
from audioguide.settings import Settings
from audioguide.storage import FolderStore


@dataclass(frozen=True)
class Opened:
    """Settings, database and store of one guide."""

    settings: Settings
    database: Database
    store: FolderStore

    @cached_property
    def takes(self) -> FolderStore:
        """Where the originals of recordings lie; prepared at the first use."""
        return take_intake.takes_store(self.settings.data)
