"""Finding people: those I walk with, those who serve, and whom to ask about somebody else."""
