"""Messages to areas’ own systems, over real HTTP."""
