"""A round from its calendar to the offers. The rule itself and its proof are in `volunteers.matching`.

| module | holds |
|---|---|
| `planning` | writing a round, its requests, its bands and kept seats, the seed |
| `conditions` | what the changes of a round wait for |
| `lists` | a person's ranked choices |
| `tuning` | from averages to bands, from shares to kept seats |
| `building` | from the database to the inputs of a run, in five queries |
| `running` | a run, recorded; what differs from the one before |
| `trying` | the same inputs with other bands and kept seats, not recorded |
| `figures` | a run in numbers for the programme, without names |
| `confirming` | a person decides that a run holds, with overrides |
| `settling` | offers and answers to everybody, one person after the other |
| `outcomes` | the reasons, kept as data at confirmation, and put into words |
| `readiness` | what is still missing |
| `progress` | how far the offices are with scoring, and reminding them |
| `names` | the names in the draw, sealed when choosing closes |
| `verifying` | a kept run made and proved again, for everybody |
| `clocks` | what the calendar does by itself |
"""
