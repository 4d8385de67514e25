"""The rules of intervention flags: pure functions and tables, no I/O."""
