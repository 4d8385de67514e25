"""Sessions: a hashed random token, idle and absolute limits, a new token at sign-in and at a change of hat."""
