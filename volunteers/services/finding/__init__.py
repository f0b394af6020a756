"""Finding work: filters, the explained order, searches people keep. `points` holds the rules of the order."""
