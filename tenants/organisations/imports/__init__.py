"""Imports of the national register: one run for each file, one transaction for each run.

Typed rows are copied into a temporary table, rows whose content is already known are taken out of it, and what
is left is merged. Nothing is deleted: an establishment that a file no longer lists stays as it was. An import that
was interrupted has changed nothing, and the same file again gives the same register.
"""
