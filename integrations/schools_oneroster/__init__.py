"""Schools' own information systems over OneRoster 1.2: schools and staff, never pupils."""
