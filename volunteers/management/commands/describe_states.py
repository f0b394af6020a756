from typing import Any

from django.core.management.base import BaseCommand

from volunteers.services.states.description import describe_machines


class Command(BaseCommand):
    help = "Write what docs/states.md says of the state machines: manage.py describe_states > docs/states.md"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(describe_machines(), ending="")
