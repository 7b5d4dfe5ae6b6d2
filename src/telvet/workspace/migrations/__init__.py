"""How the ledger's tables came to be, one step a file; `env.py` is what Alembic runs."""
