"""The engine of a round: who gets which place, why, and the proof of it. Pure Python and numpy, no Django, no database.

| module | holds |
|---|---|
| `instance` | people with ranked choices and bands, requests with seats and reserves, checked and as columns |
| `lottery` | the public draw that breaks ties inside a band |
| `sections` | the seats of each request in the order in which they are given |
| `acceptance` | deferred acceptance, the standard rule and the larger one by promotion |
| `cutoffs` | the last that got in, for each request and set of flags |
| `proof` | counts what would be unfair, and shares no code with the rule |
| `runs` | one call that draws, places and proves |
| `explanations` | why each choice of a person and each seat of a request went as it did |
| `figures` | what a dry run shows |
| `record` | the same bytes for the same inputs, seed and code |

Why this rule: docs/decisions/0028-people-choose-and-places-are-proved.md.
"""
