"""Bytes or text to model and back; one format a file, no path in sight."""
