"""The Department's open statistics: published figures of England and of authorities, to stand beside an area's own."""
