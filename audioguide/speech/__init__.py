"""WORKSHOP: sentences become sound and cues; no text is prepared and no file is kept here."""
