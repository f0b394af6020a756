"""Figures of the programme: sums over offices and over groups of people, small groups hidden (decision 0025)."""
