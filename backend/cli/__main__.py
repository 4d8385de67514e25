"""`python -m backend.cli` is `concordat`."""

from backend.cli import main

main()
