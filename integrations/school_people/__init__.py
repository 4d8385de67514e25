"""What the systems of schools have in common: schools by URN, and people in posts, however a supplier says it.

`model` is what a supplier's `mapping` makes of its rows; `posts` says which of its words for a role is which post;
`schools` and `people` write what a page says. A school's name and status are the national register's: a difference is
told, never applied. People are proposals. Pupils have no form here.
"""
