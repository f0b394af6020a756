"""Ideas from the first word to "confirmed by residents". The arrows of the path are declared in `path`."""
