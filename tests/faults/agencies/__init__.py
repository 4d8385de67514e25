"""An agency that fails in each way we know of, and what a run makes of it: its state, its words, what it wrote."""
