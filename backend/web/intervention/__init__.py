"""Pages about intervention flags for the people of an area; the record and the moves serve officials too."""
