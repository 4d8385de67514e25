"""Pages that belong to no area: help, accessibility, privacy and cookies."""
