"""Load every module that registers trials, in the order in which they are made."""

from __future__ import annotations

import importlib

NAMES = (
    "bodies",
    "crowds",
    "locks",
    "strangers",
    "sign_in",
    "hosts",
    "bounds",
    "packs",
    "disks",
    "databases",
    "processes",
    "clocks",
    "starts",
    "sampled",
    "pack_mistakes",
)


def load() -> None:
    """Import them all."""
    for name in NAMES:
        importlib.import_module(f".{name}", __package__)
