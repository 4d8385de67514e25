"""Reading connections, what came of them, what waits for a decision, and named contacts. One statement each."""
