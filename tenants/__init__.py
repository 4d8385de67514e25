"""The domain: what an area configures and is held to, one folder per capability."""
