"""Schools' information systems through Wonde: schools that approved the link and their employees, never pupils."""
