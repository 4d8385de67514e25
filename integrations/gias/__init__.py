"""Get Information About Schools (GIAS): the Department for Education's register, from its public extracts.

Four files, all optional but the first: `edubasealldata` (establishments),
`links_edubasealldata` (predecessors and successors), `allgroupsdata` (trusts and other groups),
`alllinksdata` (which establishment belongs to which group).
"""
