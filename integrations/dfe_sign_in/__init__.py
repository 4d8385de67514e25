"""DfE Sign-in's public API: who acts for which school, trust or council there. Roles arrive as proposals.

Source: `research/agency-apis.md` §1.2, from the API's own repository.
"""
