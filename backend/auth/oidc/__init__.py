"""Signing in with OpenID Connect: authorization code with PKCE, several providers, by discovery.

`begin.begin` and `finish.finish` are the two halves; the pages and the session table are the caller's.
Sources: OpenID Connect Core 1.0; RFC 6749, 7636, 9207; RFC 9700 (best current practice).
"""
