"""Labels: what to print, what hangs on the walls, and where it leads."""
