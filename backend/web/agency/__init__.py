"""A school's, trust's or other agency's own pages: what it is asked, its answers, receipts and replies."""
