"""What a figure is, what is withheld and why, and what a file may hold. Pure."""
