"""Facts that other national directories state of the bodies that we keep: the NHS of its boards and trusts.

A directory's word is applied where it changed since the last time. Where a person has entered something else in
between, theirs stays. Nothing is deleted; a successor is recorded only where nobody has named one.
"""
