"""Whose pages did they open? Asked by a place steward about somebody who works here, with a reason, and itself a look.

Why it is so: docs/adr/0013-audit-chain.md.
"""
