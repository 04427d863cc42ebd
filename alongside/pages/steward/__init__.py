"""Looking after the place: people and roles, organisations, words, and what is broken."""
