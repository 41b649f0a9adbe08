"""What a museum begins with: the files of a new pack, written from samples and a spreadsheet."""
