"""Without a signal: the installable page, what a phone keeps, and what it sends when it can."""
