"""PostgreSQL beneath Concordat: who may log in to it, which version it must be, and a server of our own.

`embedded.start(data_dir)` gives demo and tests a real PostgreSQL 18 on a unix socket; `provision` holds the
SQL that makes the logins and the database, there and on anyone else's server.
"""
