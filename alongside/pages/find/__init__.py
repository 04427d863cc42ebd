"""Finding by a few letters: a person whose page is open to me, a page, a thing to do. Ctrl+K opens the same."""
