"""Structured logs and metrics. Nothing here ever holds a body, cookie, token, email or query string."""
