"""The one room that opens a study's files: folder to model, operation to journal."""
