"""What anyone may read of an area: what it covers, its partners, and who holds which office."""
