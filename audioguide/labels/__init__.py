"""Turn an address into a symbol, a sheet and a PDF, and read it back; nothing here knows a stop."""
