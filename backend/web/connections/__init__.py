"""Pages about connections to agencies' systems: an area's own, and the national ones of a platform administrator."""
