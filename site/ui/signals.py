"""What a page of ours asks of the apps above.

`showing_plan`: `user` (who reads, or None), `parts` (list of `Part`, to be added to); sent while a page is written that
wants the planning year of the reader's commune.
"""

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True)
class Part:
    """What an app above adds to a page: a template, which reads `shown`."""

    template: str
    shown: object


showing_plan = Signal()
