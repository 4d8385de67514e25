"""What a platform administrator reads and does: areas, people, sign-in, systems, imports, jobs."""
