"""Names of real councils, police forces and integrated care boards of England, lower case, as one recognises them."""

COUNCILS = """
barking barnet bexley brent bromley camden croydon ealing enfield greenwich hackney hammersmith haringey harrow havering
hillingdon hounslow islington kensington kingston lambeth lewisham merton newham redbridge richmond southwark sutton
tower-hamlets waltham wandsworth westminster birmingham coventry dudley sandwell solihull walsall wolverhampton knowsley
liverpool st-helens sefton wirral bolton bury manchester oldham rochdale salford stockport tameside trafford wigan
barnsley doncaster rotherham sheffield bradford calderdale kirklees leeds wakefield gateshead newcastle tyneside
sunderland bath bristol somerset gloucestershire hartlepool middlesbrough redcar stockton hull lincolnshire york
luton bedford buckinghamshire milton-keynes derbyshire derby dorset bournemouth poole durham darlington sussex brighton
hampshire portsmouth southampton leicestershire leicester rutland staffordshire stoke wiltshire swindon bracknell
windsor berkshire reading slough wokingham cambridgeshire peterborough cheshire warrington halton devon plymouth torbay
essex southend thurrock herefordshire worcestershire kent medway lancashire blackburn blackpool nottinghamshire
nottingham shropshire telford cornwall cumbria cumberland westmorland hertfordshire norfolk northamptonshire
northumberland oxfordshire suffolk surrey warwickshire
"""
FORCES = """
avon bedfordshire cleveland constabulary-of-london devon humberside merseyside metropolitan northumbria thames mercia
midlands
"""
BOARDS = "arden mersey pennine solent wessex trent humber tees marches chilterns"


def real_words() -> frozenset[str]:
    """Return the words that no invented name may hold."""
    return frozenset((COUNCILS + FORCES + BOARDS).replace("-", " ").split()) - {"st", "of", "constabulary"}
