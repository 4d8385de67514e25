"""A force's feed of aggregate figures, in the form that we propose. No force has such an interface.

Aggregates only, by local authority and month or quarter, small numbers withheld by the force, definitions in editions.
"""
