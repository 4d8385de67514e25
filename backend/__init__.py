"""The process that answers people: web application, sign-in, pages, command line."""
