"""Who is in the partnership today, and who was: partner bodies, offices, seats; dated, with vacancies.

Children Act 2004 s.16E(3) names the safeguarding partners (the local authority, any integrated care board and any
chief officer of police whose area falls in the authority's) and s.16G asks for scrutiny by an independent person.
Lead and delegated safeguarding partners, the partnership chair and education's voice at strategic and operational
level come from Working Together 2023 chapter 2. Written by the area's business manager, read by all its members;
what an area publishes about itself is read by anyone once it is live.
"""
