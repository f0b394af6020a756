"""Points that staff should look at: raised, kept up to date, answered, over."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.rules import STAFF
from accounts.services import save_inclusion
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.volunteers.ledger.days import apply
from volunteers.enums import AlertKind
from volunteers.enums import ApplicationStatus as A
from volunteers.models import Alert, Application
from volunteers.services.figures.alerts import acknowledge, refresh_alerts
from volunteers.services.figures.standing import renew_groups
from volunteers.services.machine import NotReadyError

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db: None) -> User:
    person: User = UserFactory.create(username="staff")
    person.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return person


def fill(office: Organisation, *, women: tuple[int, int], men: tuple[int, int]) -> None:
    """(offered, not placed) of each."""
    for is_female, counts in ((True, women), (False, men)):
        for status, count in zip((A.OFFERED, A.NOT_PLACED), counts, strict=True):
            for _ in range(count):
                save_inclusion(apply(office, days=5, to=status).applicant, is_female=is_female)


def keys() -> set[tuple[str, str, str]]:
    return set(Alert.objects.open().values_list("kind", "place", "group"))


def test_unequal_chances_are_a_point_for_the_country_and_the_province(office: Organisation) -> None:
    fill(office, women=(5, 10), men=(15, 5))
    renew_groups()
    refresh_alerts()
    code = office.commune.code[:2]  # type: ignore[union-attr]
    assert keys() == {(AlertKind.RATIO, "", "female"), (AlertKind.RATIO, code, "female")}
    assert Alert.objects.get(place="").facts == {"ratio": 44, "rate": 33, "others": 75}


def test_a_point_of_few_has_no_numbers(client: Client, staff: User, office: Organisation) -> None:
    fill(office, women=(0, 11), men=(9, 3))
    renew_groups()
    refresh_alerts()
    assert Alert.objects.get(place="").facts == {}
    client.force_login(staff)
    line = client.get(reverse("alerts")).context["lines"][0]
    assert not any(sign in line.text for sign in "0123456789០១២៣៤៥៦៧៨៩")


@pytest.mark.parametrize(("women", "men"), [((4, 4), (9, 1)), ((7, 5), (8, 4))])
def test_few_people_or_four_fifths_are_none(office: Organisation, women: tuple[int, int], men: tuple[int, int]) -> None:
    fill(office, women=women, men=men)
    refresh_alerts()
    assert keys() == set()


def test_a_silent_office_until_it_answers(office: Organisation) -> None:
    row = apply(office, days=12)
    assert refresh_alerts() == 1
    assert refresh_alerts() == 0
    commune = office.commune.code  # type: ignore[union-attr]
    assert keys() == {(AlertKind.SILENT, commune, "")}
    Application.objects.filter(pk=row.pk).update(status=A.SHORTLISTED)
    refresh_alerts()
    assert keys() == set()
    assert Alert.objects.over().count() == 1


@pytest.mark.parametrize(("overrides", "offers", "is_raised"), [(3, 3, True), (2, 0, False), (3, 20, False)])
def test_many_overrides(office: Organisation, overrides: int, offers: int, is_raised: bool) -> None:
    for number in range(overrides + offers):
        apply(office, days=5, to=A.OFFERED, reason="over_times" if number < overrides else "")
    refresh_alerts()
    assert Alert.objects.filter(kind=AlertKind.OVERRIDES).exists() is is_raised


def test_staff_are_told_once_a_night_and_answer_in_words(client: Client, staff: User, office: Organisation) -> None:
    apply(office, days=12)
    refresh_alerts()
    assert Notification.objects.filter(recipient=staff, kind="volunteers.alerts_raised").count() == 1
    alert = Alert.objects.get()
    with pytest.raises(NotReadyError):
        acknowledge(alert, by=staff, note=" ")
    client.force_login(staff)
    client.post(reverse("alert-acknowledge", args=[alert.pk]), {"note": "ទូរសព្ទទៅស្មៀន"})
    page = client.get(reverse("alerts")).content.decode()
    assert "ទូរសព្ទទៅស្មៀន" in page
    refresh_alerts()
    alert.refresh_from_db()
    assert (alert.note, alert.acknowledged_by) == ("ទូរសព្ទទៅស្មៀន", staff)


def test_others_neither_read_nor_answer(client: Client, clerk: User, office: Organisation) -> None:
    apply(office, days=12)
    refresh_alerts()
    client.force_login(clerk)
    assert client.get(reverse("alerts")).status_code == 404
    assert client.post(reverse("alert-acknowledge", args=[Alert.objects.get().pk]), {"note": "x"}).status_code == 404
    assert Alert.objects.get().note == ""
