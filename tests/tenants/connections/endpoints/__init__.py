"""Endpoints: what is told, who keeps them, what is refused."""
