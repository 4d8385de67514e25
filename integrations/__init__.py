"""The agencies: one folder per outside system."""
