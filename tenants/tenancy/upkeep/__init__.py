"""Keeping the service running: messages that failed, sent again or given up by a platform administrator."""
