"""How the house is doing while it runs, told without a word of anybody's: its health, numbers and log."""
