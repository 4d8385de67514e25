"""What can go wrong with a PostgreSQL server: each message is a sentence a person can act on."""


class EmbeddedError(Exception):
    """The embedded server cannot be made, started or stopped; the text says what to do."""


class UnsupportedServerError(Exception):
    """The server is older than the PostgreSQL that Concordat needs; the text names both versions."""
