"""The sync engine: carries out one run of one connection, page by page, so that a killed run goes on where it was.

`access` proves who we are (one worker at a time renews a token), `carry` walks the pages, `jobs` is what the queue
starts. What a page means is the connector's; what may be written is the database's to say.
"""
