"""What places announces to the apps above. Receivers live in their `receivers.py` and call one service each.

`commune_ended`: commune, successor (Commune). The first became part of the second; inside the transaction. Announced
again when the operator runs it again: receivers move what is left. Each answers with what it moved, by name.
`communes_renamed`: codes (set[str]). The gazetteer has other names for these communes; inside the transaction.
"""

from django.dispatch import Signal

commune_ended = Signal()
communes_renamed = Signal()
