"""A real OpenID Connect provider for the demo and the tests: everything but the password.

`python -m integrations.sandbox.identity_provider --port 8100 --people people.json --clients clients.json`
"""
