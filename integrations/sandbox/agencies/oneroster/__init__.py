"""OneRoster 1.2 servers of invented schools: one server for each invented area, no two alike in their manners.

`/oneroster/SERVER/token` and `/oneroster/SERVER/ims/oneroster/rostering/v1p2/…`. Facts: 1EdTech OneRoster 1.2 rostering
binding; the manners (three error forms, missing totals and links, refused filters, small pages) are those of servers
that are in use. Options: `servers`, `schools`, `staff` (in all), `others` (further teachers for each school),
`pupils` (for each school), `first_urn`, `token_seconds`.
"""
