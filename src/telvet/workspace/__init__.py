"""What lasts from one run to the next: the ledger of what people decided and what runs found."""
