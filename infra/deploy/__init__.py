"""Container files to start from: see README.md beside."""
