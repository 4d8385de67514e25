"""Reading cooperation: each function expects an open scope; row-level security decides which rows there are."""
