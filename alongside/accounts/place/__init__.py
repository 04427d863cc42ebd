"""The place: its words, its wards and neighbourhoods, what open data and its residents say about them."""
