"""Endpoints: an area's own systems are told what happened here, in the Standard Webhooks form.

    audit chain ── events.list_new ──> delivery ── integrations/webhooks ──> the area's system
    (every change)  one transaction     one id      again after 5 s, 5 min … 24 h

A message names a kind of event, an id and a time; whoever gets it asks for the rest with their own rights.
"""
