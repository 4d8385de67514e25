"""Figures that partners share: counts by local authority and month or quarter, never a row about a child.

Working Together 2023 chapter 2 asks safeguarding partners to use shared data to see need and to assure themselves;
no statute fixes a set of figures. Imported by the area's own people from a CSV template, or brought by a connection
that the area set up; read by every member. Counts of 1 to 5 are never kept (DfE's convention, symbol `c`).
Nothing here is granted to the national or the public login: volumes are tiny, and the Department's own series are the
published ones.
"""
