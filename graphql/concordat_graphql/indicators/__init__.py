"""Shared figures over GraphQL: scorecards, definitions, files of figures, targets and neighbours."""
