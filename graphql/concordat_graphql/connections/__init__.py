"""Connections to agencies' systems over GraphQL. A secret goes in and never comes out."""
