"""Narrations: which there are to be, who makes them, and what can be heard."""
