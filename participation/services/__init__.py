"""Writes and readings of the planning year."""
