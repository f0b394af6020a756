"""What the forum asks the apps above.

`finding_followers`: `commune` (Commune), `among` (set of user keys, or None for everybody), `found` (set of user keys):
whoever hears it adds those who follow the commune.

`counting_trust`: `parts` (dict[str, QuerySet]): whoever hears it adds rows that say what a person (`OuterRef("pk")`)
did: `courses` finished, `meetings` and `shifts` attended. One query counts all; what is corrected later counts at once.
"""

from django.dispatch import Signal

finding_followers = Signal()
counting_trust = Signal()
