"""The keys with which we sign assertions for an agency, and the key set that we publish for it to check them.

A new key is published more than an hour before it signs, and the old one stays published for more than an hour after:
the NHS keeps a fetched key set for an hour, so at every moment the set it holds has the key that we sign with.
"""
