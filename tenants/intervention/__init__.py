"""Intervention flags: what an area tells the Secretary of State's Department, and what an official decides.

Source: Children Act 2004 ss.16E to 16K and Working Together chapter 2 (disputes are settled locally; the gravest are
referred). No Act gives one power to direct the three safeguarding partners together: a decision names which separate
power, if any, and whose it is. An area or its independent scrutineer raises and refers; officials see a flag only once
it is referred; every move is a named person's decision with a reason, and the area sees all of them.
"""
