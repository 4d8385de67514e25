"""Hooks: a linked system tells us that something changed there, in the Standard Webhooks form.

A hook is a hint and nothing more: it brings a run of the ordinary engine, which reads what is so. So it does not matter
in which order hooks arrive, how often, or what their bodies say; of a body only digest, size and type are kept.

    door.find(address)          the web, with the power `hooks`: whose address, and the secrets that are good there
    rules.verdict(…)            pure: why a message is refused, None when it is to be taken
    arrivals.take / refuse      the web, in the scope of the one area
    service                     what people do: make or enter a secret, end one
"""
