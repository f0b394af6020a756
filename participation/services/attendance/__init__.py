"""Who came to a meeting: check-in by a code, counting at the door, sums (decision 0053)."""
