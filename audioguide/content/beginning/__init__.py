"""The scaffold of a museum: files of a new pack, written from samples and a spreadsheet."""
