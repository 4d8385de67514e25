"""Pages for anyone: the list of areas, and what one area publishes."""
