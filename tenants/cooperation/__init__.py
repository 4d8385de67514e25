"""Relevant agencies and the duties asked of them: chosen, told, asked, answered, replied to, followed up.

Children Act 2004 s.16E(1)(b) (partners choose relevant agencies), s.16G (agencies act in accordance with the
arrangements), s.16H (information on request); SI 2018/789, Schedule (who may be chosen); Education Act 2002 ss.175
and 157 (schools). The area's business manager writes the area's side, an agency's contact or trust lead its own
answers. Never a child's data.
"""
