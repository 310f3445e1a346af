"""Dutch as it is spoken and typed."""
