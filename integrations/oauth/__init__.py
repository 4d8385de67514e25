"""How Concordat proves to an agency who it is: OAuth 2.0 client credentials, or a key of the agency's own.

`requests` makes one token request for each way of authenticating; `answers` reads what the token endpoint said.
Source: RFC 6749 §4.4, RFC 7523; the NHS and Entra forms in `research/agency-apis.md` §4.1 and §5.2.
"""
