"""An area's own system: it takes signed messages, and an agency's system that sends one."""
