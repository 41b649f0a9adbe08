"""Text to speech: sentences become sound and cues."""
