"""Pages about resourcing: a year's budget, who gives what and what has come, shares shown and never judged."""
