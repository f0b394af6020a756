"""Announcements to the apps above.

`filling_desk`: `user` (User), `parts` (list of `services.desk.DeskPart`): whoever hears it adds what waits there too.
"""

from django.dispatch import Signal

filling_desk = Signal()
