"""Use cases of cooperation: each decides, writes, and records in the caller's transaction."""
