"""What a platform administrator works with: areas, people, sign-in, systems, imports, jobs, the platform's trail."""
