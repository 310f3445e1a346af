"""Model to one tidy frame, and from there to result tables that carry their unit and N."""
