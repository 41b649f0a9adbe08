"""Metadata tags of a sound: what a player shows when it is kept as a file."""

from __future__ import annotations

from dataclasses import dataclass

from audioguide.languages import Language, facts


@dataclass(frozen=True)
class Tags:
    """The title of a stop, the museum as album and artist, and the language that is spoken."""

    title: str
    album: str
    artist: str
    language: Language

    @property
    def written(self) -> dict[str, str]:
        """The tags by the names that FFmpeg has for them in every format."""
        return {
            "title": self.title,
            "album": self.album,
            "artist": self.artist,
            # ISO 639-2, as ID3v2.4.0 (4.2.3, TLAN) and Matroska (RFC 9559, 5.1.4.1.19) want it,
            # unlike everywhere else in the guide.
            "language": facts(self.language).iso_639_2,
        }
