"""Who funds the partnership, in cash and in kind: a budget for each financial year, contributions, shares, outturn.

Children Act 2004 s.16I lets safeguarding partners and relevant agencies pay into a fund or give staff, goods, services
or accommodation: a power, not a duty. Working Together 2023 chapter 2 asks that lead safeguarding partners agree the
level and that funding is equitable and transparent. No formula exists: shares are shown here and never judged.
Written by the business manager; agreed by each lead safeguarding partner for their own body; read by every member.
"""
