"""Sign-in providers and machine clients, as a platform administrator describes them."""
