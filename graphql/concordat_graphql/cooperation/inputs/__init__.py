"""What the mutations of cooperation are given."""
