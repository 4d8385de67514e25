"""Relevant agencies, duties, requests and returns over GraphQL: the area's side and the agency's."""
