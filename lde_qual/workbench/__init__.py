"""The coding page: thin routes, what they answer, and the page's own files."""
