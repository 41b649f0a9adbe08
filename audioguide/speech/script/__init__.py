"""Text normalization: a sentence as shown becomes a sentence as said, here called its script."""

from audioguide.speech.script.letters import unspeakable
from audioguide.speech.script.lexicon import EMPTY, Lexicon, read_lexicon
from audioguide.speech.script.preparing import prepare

__all__ = ["EMPTY", "Lexicon", "prepare", "read_lexicon", "unspeakable"]
