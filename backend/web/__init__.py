"""Pages. Each page's data is a stored operation; each form is a mutation."""
