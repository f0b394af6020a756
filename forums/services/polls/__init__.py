"""Polls: made by a topic's author, voted in by whoever may write, counted at once, ended by the clock."""
