"""What the forum asks the apps above.

`finding_followers`: `commune` (Commune), `among` (set of user keys, or None for everybody), `found` (set of user keys):
whoever hears it adds those who follow the commune.
"""

from django.dispatch import Signal

finding_followers = Signal()
