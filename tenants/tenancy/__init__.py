"""Areas, people, roles, and the tenant scope that every other capability works inside.

Source of the roles: Working Together to Safeguard Children 2023, chapter 2 (lead and delegated safeguarding
partners, partnership chair, independent scrutiny). Areas and identity providers are written by the platform
administrator; people and invitations by an area's business manager.
"""
