"""Serving: who comes to the shifts, hours, the volunteer's calendar."""
