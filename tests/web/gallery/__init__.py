"""A page with every component on it: for tests only, never routed in the product."""
