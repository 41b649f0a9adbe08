"""Group tours: one guide leads, many phones follow."""
