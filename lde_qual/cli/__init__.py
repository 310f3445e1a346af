"""The command line: one typed function a command, which opens, calls once and prints."""
