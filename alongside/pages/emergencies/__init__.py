"""In an emergency: the words, the page that opens, who looks at it; and what a duty in law opens (ADR 14)."""
