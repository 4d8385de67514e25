"""NHS England's API platform and its directory of organisations, as far as its published sources go.

Faithful in: the token endpoint's order of checks and words, the replay store that is filled before the signature is
checked, the registered key set fetched over HTTP and kept for an hour, string numbers in the token answer; the two
ways in of the directory (`/live`: API key only, `Authorization` thrown away; `/sandbox`: bearer token), HAPI's own
errors, paging whose `next` names a host that is not ours, dates that are days, 422 above the size limit, 429 without
`Retry-After`, 503 with five seconds. Left out: XML, `_revinclude`, users' tokens, the practitioner code systems.
"""
