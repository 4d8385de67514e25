"""Get Information About Schools: the public extracts, as files of a day that may not be there yet."""
