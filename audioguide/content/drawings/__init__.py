"""Drawings: a map, or a line of time, made from what the pack says of points and words."""
