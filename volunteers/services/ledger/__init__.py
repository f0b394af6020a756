"""The ledger: what every office did with those who applied, in chains of hashes that can only grow.

`write_due` is called by the clocks. Lines are made from the log of changes, a day at a time
([0038](docs/decisions/0038-the-ledger-is-written-from-the-log.md)).
"""
