"""Types of cooperation: each is close to one row, and says which one."""
