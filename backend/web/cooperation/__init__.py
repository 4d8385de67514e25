"""The board's pages: relevant agencies, duties, how far a cycle has come, returns and replies."""
