"""A service record is issued by itself, says what was confirmed, and shows what its owner lets it show."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.services.leaving import collect_export, delete_account
from courses.enums import CertificateState, RevocationReason, SkillLevel
from courses.models import Skill
from courses.services.ratings import record_ratings
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.records import make_record
from tests.factories.serving import HoursFactory, PlacementFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import PlacementStatus, RecordReason, Sharing
from volunteers.models import Placement, ServiceRecord
from volunteers.services.after.ending import renew_task
from volunteers.services.after.records import correct_name, issue_when_due, revoke_record, share
from volunteers.services.states import HOURS, PLACEMENT

pytestmark = pytest.mark.django_db


def record_of(placement: Placement) -> ServiceRecord:
    return ServiceRecord.objects.current().get(placement=placement)


def told(user: User) -> list[str]:
    return [
        kind.removeprefix("volunteers.") for kind in user.notifications.order_by("pk").values_list("kind", flat=True)
    ]


def test_completing_a_place_brings_it(
    placement: Placement,
    clerk: User,
    learner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        PLACEMENT.move("complete", placement, by=clerk)
    record = record_of(placement)
    assert (record.minutes, record.facts["days"], record.version) == (360, 2, 1)
    assert record.facts["name"] == {"km": f"សុខ {learner.given_name_km}", "en": f"SOK {learner.given_name_latin}"}
    assert record.facts["work"]["en"] == placement.application.request.title_en
    assert record.user == learner
    assert {"place_completed", "record_issued", "feedback_of_volunteer"} == set(told(learner))


@pytest.mark.parametrize(("hours", "is_issued"), [(0, False), (1, True)])
def test_an_early_end_brings_it_only_with_confirmed_hours(
    learner: User, clerk: User, office: Organisation, hours: int, is_issued: bool
) -> None:
    application = ApplicationFactory.create(
        applicant=learner, request=RequestFactory.create(office=office, seats_filled=1), status="accepted"
    )
    placement = PlacementFactory.create(application=application, active=True)
    HoursFactory.create_batch(hours, placement=placement)
    HoursFactory.create(placement=placement, status="claimed", settled_minutes=None)
    PLACEMENT.move("end_early", placement, by=learner, reason="family")
    assert (issue_when_due(placement) is not None) == is_issued


def test_a_place_that_goes_on_has_none(placement: Placement) -> None:
    assert issue_when_due(placement) is None


def test_a_person_without_a_name_gets_it_once_there_is_one(ended: Placement, learner: User) -> None:
    User.objects.filter(pk=learner.pk).update(
        family_name_km="", given_name_km="", family_name_latin="", given_name_latin=""
    )
    assert issue_when_due(ended) is None
    User.objects.filter(pk=learner.pk).update(given_name_km="ដារ៉ា")
    assert issue_when_due(ended) is not None


def test_hours_that_settle_later_make_a_new_version(ended: Placement, learner: User) -> None:
    old = issue_when_due(ended)
    assert issue_when_due(ended) == old
    HoursFactory.create(placement=ended, settled_minutes=60, status="settled")
    renew_task.func(ended.pk)
    new = record_of(ended)
    assert old is not None
    old.refresh_from_db()
    assert (new.minutes, new.version, new.sharing) == (420, 2, Sharing.NAMED)
    assert (old.state, old.superseded_by, old.reissue_reason) == (CertificateState.SUPERSEDED, new, RecordReason.HOURS)
    assert told(learner)[-1] == "record_renewed"


def test_an_office_that_confirms_late_renews_it_by_itself(
    ended: Placement, clerk: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    issue_when_due(ended)
    late = HoursFactory.create(placement=ended, status="claimed", minutes=90, settled_minutes=None)
    with django_capture_on_commit_callbacks(execute=True):
        HOURS.move("confirm", late, by=clerk)
    assert (record_of(ended).minutes, record_of(ended).version) == (450, 2)


def test_facts_are_frozen(ended: Placement, learner: User) -> None:
    record = issue_when_due(ended)
    User.objects.filter(pk=learner.pk).update(given_name_km="ផ្សេង")
    ended.application.request.title_en = "Another title"
    ended.application.request.save()
    assert issue_when_due(ended) == record


def test_a_corrected_name_is_the_owners_own_step(ended: Placement, learner: User) -> None:
    record = issue_when_due(ended)
    assert record is not None
    assert correct_name(record) == record
    User.objects.filter(pk=learner.pk).update(given_name_km="ផ្សេង")
    new = correct_name(record)
    assert (new.facts["name"]["km"], new.facts["minutes"]) == ("សុខ ផ្សេង", 360)
    assert issue_when_due(ended) == new


def test_rated_skills_stand_on_it(ended: Placement, learner: User, skill: Skill) -> None:
    record = issue_when_due(ended)
    record_ratings(learner, work_key=ended.public_id, levels={skill: SkillLevel.NOT_SEEN})
    assert issue_when_due(ended) == record
    record_ratings(learner, work_key=ended.public_id, levels={skill: SkillLevel.WITH_HELP})
    new = issue_when_due(ended)
    assert new is not None
    assert [(each["code"], each["level"]) for each in new.facts["skills"]] == [("tables", "with_help")]
    assert ServiceRecord.objects.get(version=1).reissue_reason == RecordReason.SKILLS


def test_withdrawn_is_final(
    ended: Placement, moderator: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    record = issue_when_due(ended)
    assert record is not None
    with django_capture_on_commit_callbacks(execute=True):
        revoke_record(record, by=moderator, reason=RevocationReason.MISTAKE)
    HoursFactory.create(placement=ended)
    again = issue_when_due(ended)
    assert again == record
    assert again.state == CertificateState.REVOKED
    assert Notification.objects.filter(recipient=record.user, kind="volunteers.record_revoked").count() == 1


@pytest.mark.parametrize(
    ("sharing", "sees_name", "sees_work"),
    [(Sharing.NAMED, True, True), (Sharing.NAMELESS, False, True), (Sharing.HIDDEN, False, False)],
)
def test_the_public_page_shows_what_the_owner_lets_it(
    client: Client, learner: User, office: Organisation, sharing: Sharing, sees_name: bool, sees_work: bool
) -> None:
    record = make_record(learner, office)
    share(record, sharing)
    page = client.get(f"/en/service/{record.code}/").content.decode()
    assert (f"SOK {learner.given_name_latin}" in page) == sees_name
    assert ("Enter village proposals into a table" in page) == sees_work
    assert "This service record is valid." in page
    answer = client.get(f"/api/v1/service/{record.shown_code.lower()}/").json()
    assert (bool(answer["name"]), answer["work"] is not None) == (sees_name, sees_work)
    assert client.get(f"/service/{record.code}/badge.json").status_code == (200 if sees_name else 404)


def test_a_minor_has_no_family_name_in_public(client: Client, office: Organisation) -> None:
    young = UserFactory.create(minor=True)
    record = make_record(young, office)
    page = client.get(f"/en/service/{record.code}/").content.decode()
    assert young.given_name_latin in page
    assert "SOK" not in page


@pytest.mark.parametrize("typed", ["{0}", "{1}", "{2}"])
def test_the_field_for_codes_takes_this_one_too(
    client: Client, learner: User, office: Organisation, typed: str
) -> None:
    record = make_record(learner, office)
    code = typed.format(record.code, record.shown_code, record.code.lower())
    response = client.get(f"/en/verify/?code={code}", follow=True)
    assert response.redirect_chain[-1][0] == f"/en/service/{record.code}/"
    assert client.get(f"/en/service/{record.shown_code}/")["Location"] == f"/en/service/{record.code}/"


def test_an_unknown_code_is_said_to_be_unknown(client: Client) -> None:
    response = client.get("/en/service/K7M42Q9PXT/", follow=True)
    assert response.status_code == 404
    assert "We know no certificate with this code" in response.content.decode()


def test_a_replaced_one_leads_to_the_new_one(client: Client, ended: Placement) -> None:
    old = issue_when_due(ended)
    HoursFactory.create(placement=ended)
    new = issue_when_due(ended)
    assert old
    assert new
    page = client.get(f"/en/service/{old.code}/").content.decode()
    assert f"/en/service/{new.code}/" in page
    assert "More hours were confirmed" in page


def test_staff_withdraw_it_and_nobody_else(
    client: Client, learner: User, clerk: User, office: Organisation, moderator: User
) -> None:
    record = make_record(learner, office)
    admin = UserFactory.create(is_superuser=True)
    address = reverse("record-revoke", args=[record.code])
    for person, status in ((learner, 403), (clerk, 403), (admin, 302)):
        client.force_login(person)
        assert client.post(address, {"reason": "wrong_person"}).status_code == status
    page = client.get(f"/en/service/{record.code}/").content.decode()
    assert "It was issued to the wrong person" in page
    assert "SOK" not in page


def test_the_owner_chooses_and_downloads(client: Client, learner: User, office: Organisation, stranger: User) -> None:
    record = make_record(learner, office)
    client.force_login(learner)
    client.post(reverse("record-change", args=[record.code]), {"sharing": "nameless"})
    record.refresh_from_db()
    assert record.sharing == Sharing.NAMELESS
    pdf = client.get(reverse("record-pdf", args=[record.code]))
    assert pdf.content[:5] == b"%PDF-"
    client.force_login(stranger)
    for name in ("record", "record-pdf"):
        assert client.get(reverse(name, args=[record.code])).status_code == 404
    assert client.post(reverse("record-change", args=[record.code]), {"sharing": "named"}).status_code == 404


def test_a_record_that_looks_stale_is_renewed_when_its_owner_looks(
    client: Client, ended: Placement, learner: User
) -> None:
    old = issue_when_due(ended)
    HoursFactory.create(placement=ended)
    client.force_login(learner)
    assert old
    response = client.get(reverse("record", args=[old.code]))
    assert response["Location"] == reverse("record", args=[record_of(ended).code])


def test_leaving_takes_the_name_off(client: Client, learner: User, office: Organisation) -> None:
    record = make_record(learner, office)
    taken = collect_export(learner)["parts"]["volunteers"]["service_records"][0]
    assert taken["code"] == record.shown_code
    delete_account(learner)
    record.refresh_from_db()
    assert (record.user, record.facts["name"], record.state) == (None, {}, CertificateState.ERASED)
    page = client.get(f"/en/service/{record.code}/").content.decode()
    assert "its owner has left" in page
    assert "SOK" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_ones_records_cost_the_same_for_one_and_three(
    client: Client, learner: User, office: Organisation, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        make_record(learner, office)
    client.force_login(learner)
    with django_assert_num_queries(4):
        assert client.get(reverse("records")).status_code == 200
    with django_assert_num_queries(3):
        assert len(client.get("/api/v1/me/service-records/").json()["results"]) == count


def test_what_a_record_says_in_both_languages(learner: User, office: Organisation) -> None:
    from volunteers.services.after.wording import list_skills, say_hours, say_span

    record = make_record(learner, office)
    said: dict[str, Any] = {}
    for language in ("km", "en"):
        with translation.override(language):
            said[language] = [say_span(record), say_hours(record), *list_skills(record)]
    assert said["en"][0] == "5 October 2026 – 14 November 2026"
    assert "12 days" in said["en"][1]
    assert said["km"][0] != said["en"][0]
    assert all(any("\u1780" <= sign <= "\u17ff" for sign in line) for line in said["km"])


def test_a_place_of_a_status_that_is_no_end_has_no_page(
    client: Client, placement: Placement, learner: User, stranger: User
) -> None:
    address = reverse("placement-after", args=[placement.public_id])
    client.force_login(learner)
    assert client.get(address).status_code == 404
    Placement.objects.filter(pk=placement.pk).update(status=PlacementStatus.COMPLETED)
    assert client.get(address).status_code == 200
    client.force_login(stranger)
    assert client.get(address).status_code == 404
