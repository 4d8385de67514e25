"""The national register of organisations: partner bodies, trusts, establishments, and where they are present.

Register facts (names, open or closed, who runs whom) are public and belong to no area; which organisation is
present in which area follows from them and from the local authorities an area covers. A school is not itself
a relevant agency: its governing body or proprietor is (Child Safeguarding Practice Review and Relevant Agency
(England) Regulations 2018, Schedule). Only the import and platform administrators write here.
"""
