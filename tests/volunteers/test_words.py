"""States are read in words, each kind of row in its own."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Organisation, User
from tests.factories.volunteers import RequestFactory
from volunteers.models import Transition
from volunteers.services.requests import publish


@pytest.mark.parametrize(
    ("row", "labels"),
    [
        ({"request_id": 1, "source": "draft", "target": "open"}, ("សេចក្ដីព្រាង", "កំពុងទទួលពាក្យ")),
        ({"application_id": 1, "source": "submitted", "target": "shortlisted"}, ("បានផ្ញើ", "ជ្រើសដំបូង")),
        ({"placement_id": 1, "source": "agreed", "target": "active"}, ("បានព្រមព្រៀង", "កំពុងជួយ")),
    ],
)
def test_a_change_of_state_is_read_in_words(row: dict[str, object], labels: tuple[str, str]) -> None:
    line = Transition(**row)
    with translation.override("km"):
        assert (line.source_label, line.target_label) == labels


@pytest.mark.django_db
def test_the_desk_shows_no_code_of_a_state(client: Client, clerk: User, office: Organisation) -> None:
    request = publish(RequestFactory.create(office=office, draft=True), by=clerk)
    client.force_login(clerk)
    with translation.override("km"):
        page = client.get(reverse("request-shortlist", args=[request.public_id])).content.decode()
    assert "សេចក្ដីព្រាង → កំពុងទទួលពាក្យ" in page
