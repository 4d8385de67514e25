"""Wonde with invented schools, as far as its documentation and its public clients tell.

`/wonde/DOMAIN/v1.0/…`, where DOMAIN (`uk`, `ap`) stands for a regional host: the wrong one answers with empty data.
Options: `schools`, `staff` (leads, heads and deputies in all), `others` (for each school), `first_urn`.
"""
