"""The agencies' own systems, invented and faithful: one process, one folder for each agency, faults at will.

`python -m integrations.sandbox.agencies --port 8020` serves each agency below its name (`/oneroster`, `/nhs`, …) and
`/controls`, where a person or a test makes them misbehave. A new agency is a folder whose `app.py` has
`make(setup) -> Agency`, and a line in `registry.py`. Nothing in it is a real area, body or person.

An agency's handlers are plain functions from `Request` to `Reply`. The common faults (`faults.COMMON`) happen around
them; a fault of an agency's own is named in `Agency.own_faults` and asked for by its handler:
`setup.faults.take("oneroster", "missing_total", path=request.path)`.
"""
