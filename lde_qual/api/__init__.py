"""The public functions: the one room that joins the others."""
