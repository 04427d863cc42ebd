"""Pages of a story and a circle."""
