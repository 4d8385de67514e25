"""The contract: one Strawberry schema."""
