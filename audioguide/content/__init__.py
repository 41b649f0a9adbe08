"""The content pack: text files on a disk become plain dataclasses, checked."""
