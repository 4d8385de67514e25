"""The register as an area sees it: who is present, what changed, and who speaks for whom."""
