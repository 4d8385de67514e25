"""What officials read, across areas or of one area. Every read is an audit entry."""
