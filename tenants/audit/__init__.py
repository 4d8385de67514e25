"""The record of who did what, when, why and on which legal basis: one hash chain for each area.

Area 0 is the chain of the platform and of national work that belongs to no one area. No login can change or delete
an entry; `concordat audit verify` finds what a superuser changed behind the application's back.
"""
