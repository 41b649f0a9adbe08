"""Labels: turn an address into a symbol, a sheet and a PDF, and read it back. No stop is known."""
