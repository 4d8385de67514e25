"""Pages about connections, as the people who use them see them."""
