"""What accounts announces to the apps above. Receivers live in their `receivers.py` and call one service each.

`organisation_verified`: organisation (Organisation). An office or NGO was verified just now, inside the transaction.
`organisation_refused`: organisation (Organisation). Staff did not confirm it, or no longer do; inside the transaction.
`office_succeeded`: office, successor (Organisation). The commune of the first ended; the second stands for it now.
    Answers as `places.signals.commune_ended` does; inside the transaction.
`consent_withdrawn`: user (User). The guardian took the consent back and gave no new one; inside the transaction.
`exporting`: user (User), parts (dict[str, Any]). Each receiver puts its own part, JSON-ready, under its app's name.
`deleting_account`: user (User). Still whole; receivers anonymise or delete what is theirs, inside the transaction.
"""

from django.dispatch import Signal

organisation_verified = Signal()
organisation_refused = Signal()
office_succeeded = Signal()
consent_withdrawn = Signal()
exporting = Signal()
deleting_account = Signal()
