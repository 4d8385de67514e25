"""Pages for Department officials: all areas in one table, an area with reasons, and what is decided on flags."""
