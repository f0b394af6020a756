"""Asking after a meeting who came and who did not, and telling what came of it (decision 0053)."""
