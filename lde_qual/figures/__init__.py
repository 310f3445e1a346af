"""Results to matplotlib figures; nothing is computed here."""
