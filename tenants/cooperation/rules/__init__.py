"""Decisions about agencies, duties, answers and follow-up. Pure: no I/O."""
