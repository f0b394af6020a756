from typing import Any

from django.core.management.base import BaseCommand

from volunteers.services.starter import load_request_templates


class Command(BaseCommand):
    help = "Load the request templates that come with the product; running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_request_templates()} request templates")
