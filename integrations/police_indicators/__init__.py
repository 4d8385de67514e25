"""The proposed feed of a police force's aggregate figures. PROPOSED: no force has such an interface.

Aggregates by local authority and month or quarter, small numbers withheld by the force; what it fails to withhold is
withheld here before anything is stored. The first-class route is the CSV template, which needs no interface at all.
"""
