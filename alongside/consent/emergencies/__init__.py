"""In an emergency: a page opened with a reason and without a say-so, and somebody else's look at it (ADR 14)."""
