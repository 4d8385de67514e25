"""A local GOV.UK Notify, as far as its documentation goes: emails are kept, none is sent.

Faithful in: the path, the JWT and its 30 seconds, the required fields, the messages of its errors, `((fields))` of a
template, the rate limit, several emails under one reference, what becomes of an email and the receipt of it. Left
out: text messages, letters, posting the receipt by itself.
"""
