"""Editing what people have read: who hears it, what may never break, and two windows on one draft."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Organisation, User
from home.services.clocks import keep_clocks
from notifications.models import Notification
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.courses import SkillFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from tests.volunteers.test_pages import form_data
from volunteers.enums import ApplicationStatus, RequestStatus
from volunteers.models import Application, Placement, RequestChange, VolunteerRequest
from volunteers.services.amending import amend_request, list_leave_reasons, tell_missed_changes
from volunteers.services.applications import answer
from volunteers.services.approving import list_differences, send_back
from volunteers.services.clocks import warn_of_expiry
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.requests import (
    ChangedMeanwhileError,
    change_request,
    draft_from_request,
    publish,
    save_request,
)

pytestmark = pytest.mark.django_db


def amended(client: Client, item: VolunteerRequest, **changes: Any) -> Any:
    """The form of the open request as it is shown, sent with these changes."""
    address = reverse("request-edit", args=[item.public_id])
    form = client.get(address).context["form"]
    typed = {
        name: value
        for name in form.fields
        if (value := form[name].value()) is not None and value != "" and value is not False
    }
    return client.post(address, {**typed, "do": "amend", **changes})


def test_an_edit_is_kept_shown_and_told(
    client: Client, clerk: User, office: Organisation, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    item = RequestFactory.create(office=office, place_km="សាលាឃុំ", place_en="Office", seats=2)
    live = ApplicationFactory.create(request=item)
    ApplicationFactory.create(request=item, status=ApplicationStatus.WITHDRAWN)
    placed = ApplicationFactory.create(request=item, status=ApplicationStatus.ACCEPTED)
    Placement.objects.create(application=placed)
    VolunteerRequest.objects.filter(pk=item.pk).update(seats_filled=1)
    client.force_login(clerk)
    with django_capture_on_commit_callbacks(execute=True):
        assert amended(client, item, place_en="School", seats=3)["Location"] == item.get_absolute_url()
    rows = RequestChange.objects.filter(request=item)
    assert {(row.term, row.before_en, row.after_en) for row in rows} == {
        ("place", "Office", "School"),
        ("seats", "2", "3"),
    }
    told = Notification.objects.filter(kind__in=("volunteers.request_changed", "volunteers.place_changed"))
    assert {(row.recipient, row.kind.partition(".")[2]) for row in told} == {
        (live.applicant, "request_changed"),
        (placed.applicant, "place_changed"),
    }
    live.refresh_from_db()
    assert live.status == ApplicationStatus.SUBMITTED
    page = Client().get(f"/en/requests/{item.public_id}/").content.decode()
    assert "<del>Office</del> → <ins>School</ins>" in page
    assert list_leave_reasons(live)[0][0] == "terms_changed"
    assert answer(live, "withdraw", by=live.applicant, reason="terms_changed").status == "withdrawn"


def test_what_people_applied_to_stays(client: Client, clerk: User, office: Organisation) -> None:
    item = RequestFactory.create(office=office)
    client.force_login(clerk)
    amended(client, item, title_en="Another work", tasks_en="Sweep", questions_en="Why?", weekly_hours=20)
    item.refresh_from_db()
    assert (item.title_en.startswith("Enter"), item.weekly_hours, len(item.questions_en)) == (True, 4, 2)
    assert not RequestChange.objects.exists()


def test_a_higher_age_counts_for_those_who_come_later(
    clerk: User, office: Organisation, learner: User, client: Client
) -> None:
    item = RequestFactory.create(office=office, minimum_age=18)
    learner.birth_year = timezone.localdate().year - 20
    learner.save()
    sent = ApplicationFactory.create(request=item, applicant=learner, offered=True)
    client.force_login(clerk)
    amended(client, item, minimum_age=25)
    item.refresh_from_db()
    assert item.minimum_age == 25
    assert answer(sent, "accept", by=learner).status == ApplicationStatus.ACCEPTED


def test_seats_never_fall_below_what_is_promised(client: Client, clerk: User, office: Organisation) -> None:
    item = RequestFactory.create(office=office, seats=3, seats_filled=1)
    ApplicationFactory.create(request=item, offered=True)
    client.force_login(clerk)
    assert list(amended(client, item, seats=1).context["form"].errors) == ["seats"]
    item.refresh_from_db()
    item.seats = 1
    with pytest.raises(NotReadyError):
        amend_request(item, by=clerk, skills=[], course_keys=[])
    item.seats = 2
    amend_request(item, by=clerk, skills=[], course_keys=[])
    item.refresh_from_db()
    assert (item.seats, item.status) == (2, RequestStatus.OPEN)


def test_the_last_free_seat_taken_away_fills_the_request(clerk: User, office: Organisation) -> None:
    item = RequestFactory.create(office=office, seats=3, seats_filled=1)
    item.seats = 1
    amend_request(item, by=clerk, skills=[], course_keys=[])
    item.refresh_from_db()
    assert item.status == RequestStatus.FILLED


def test_an_edit_that_a_crash_left_untold_is_told_by_the_clocks(clerk: User, office: Organisation) -> None:
    item = RequestFactory.create(office=office)
    ApplicationFactory.create(request=item)
    item.place_en = "School"
    amend_request(item, by=clerk, skills=[], course_keys=[])
    assert tell_missed_changes() == 0
    RequestChange.objects.update(at=timezone.now() - timedelta(minutes=5))
    assert (tell_missed_changes(), tell_missed_changes()) == (1, 0)


def test_two_windows_notice_each_other(client: Client, clerk: User, office: Organisation) -> None:
    client.force_login(clerk)
    client.post(reverse("request-write"), form_data(do="draft"))
    item = VolunteerRequest.objects.get()
    address = reverse("request-edit", args=[item.public_id])
    assert client.post(address, form_data(do="draft", version=1, title_km="ផ្ទាំងមួយ")).status_code == 302
    late = client.post(address, form_data(do="draft", version=1, title_km="ផ្ទាំងពីរ"))
    assert len(late.context["form"].non_field_errors()) == 1
    assert late.context["form"]["title_km"].value() == "ផ្ទាំងពីរ"
    item.refresh_from_db()
    assert (item.title_km, item.version) == ("ផ្ទាំងមួយ", 2)
    again = form_data(do="draft", version=late.context["form"]["version"].value(), title_km="ផ្ទាំងពីរ")
    assert client.post(address, again).status_code == 302
    item.refresh_from_db()
    assert item.title_km == "ផ្ទាំងពីរ"


def test_a_stale_row_never_overwrites_what_happened_meanwhile(clerk: User, office: Organisation) -> None:
    item = RequestFactory.create(office=office, draft=True)
    stale = VolunteerRequest.objects.get(pk=item.pk)
    publish(item, by=clerk)
    with pytest.raises(WrongStateError):
        save_request(stale, by=clerk, skills=[], course_keys=[])
    opened = VolunteerRequest.objects.get(pk=item.pk)
    VolunteerRequest.objects.filter(pk=item.pk).update(seats_filled=1)
    amend_request(opened, by=clerk, skills=[], course_keys=[])
    item.refresh_from_db()
    assert (item.seats_filled, item.status) == (1, RequestStatus.OPEN)
    opened.version = 1
    with pytest.raises(ChangedMeanwhileError):
        amend_request(opened, by=clerk, skills=[], course_keys=[])


def test_a_button_pressed_twice_makes_one_request(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    form_id = str(client.get(reverse("request-write")).context["form"]["form_id"].value())
    for _ in range(2):
        client.post(reverse("request-write"), form_data(form_id=form_id))
    assert VolunteerRequest.objects.get().status == RequestStatus.OPEN


def test_a_failed_form_gives_back_every_field(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    typed = form_data(seats=0, tasks_km="មួយ\r\n\r\nពីរ", stipend_riel="8000", costs_km="រាល់ថ្ងៃសុក្រ", times=["weekend"])
    form = client.post(reverse("request-write"), typed).context["form"]
    shown = {name: form[name].value() for name in typed if name not in ("do", "declares_trained")}
    assert {name: str(value) for name, value in shown.items()} == {
        name: str(value) for name, value in typed.items() if name in shown
    }


def test_a_former_request_is_copied_in_one_tap(client: Client, clerk: User, office: Organisation) -> None:
    skill = SkillFactory.create()
    former = RequestFactory.create(
        office=office, status=RequestStatus.CLOSED, skills_needed=[skill], weekly_hours=7, stipend_riel=9000
    )
    copy = draft_from_request(former, by=clerk)
    assert (copy.pk, copy.status, copy.seats_filled, copy.weekly_hours) == (None, RequestStatus.DRAFT, 0, 7)
    assert copy.public_id != former.public_id
    assert copy.guide_declared_at is None
    client.force_login(clerk)
    form = client.get(reverse("request-write"), {"copy": str(former.public_id)}).context["form"]
    assert (form["title_km"].value(), form["skills"].value()) == (former.title_km, [skill.pk])
    foreign = RequestFactory.create()
    assert client.get(reverse("request-write"), {"copy": str(foreign.public_id)}).status_code == 404


def test_the_office_hears_once_that_the_end_is_near(clerk: User, office: Organisation) -> None:
    soon = RequestFactory.create(office=office, expires_at=timezone.now() + timedelta(days=4))
    RequestFactory.create(office=office, expires_at=timezone.now() + timedelta(days=9))
    assert (warn_of_expiry(), warn_of_expiry()) == (1, 0)
    note = Notification.objects.get(kind="volunteers.request_expires_soon")
    assert (note.recipient, note.url) == (clerk, f"/requests/{soon.public_id}/")
    renewed = change_request(soon, "renew", by=clerk)
    assert renewed.expires_at is not None
    assert renewed.expires_at > timezone.now() + timedelta(days=20)
    VolunteerRequest.objects.filter(pk=soon.pk).update(expires_at=timezone.now() + timedelta(days=2))
    keep_clocks()
    assert Notification.objects.filter(kind="volunteers.request_expires_soon").count() == 2


def test_staff_see_what_changed_since_they_sent_it_back(client: Client, clerk: User) -> None:
    office = OfficeFactory.create(waiting=True)
    office.memberships.create(user=clerk, role="clerk")
    clerk.forget_memberships()
    staff = UserFactory.create(is_superuser=True, is_staff=True)
    item = publish(RequestFactory.create(office=office, draft=True, summary_en="Old."), by=clerk)
    with pytest.raises(NotReadyError):
        send_back(item, by=staff, reason="fix_other", note=" ")
    item = send_back(item, by=staff, reason="fix_unclear")
    for words in ("Better.", "Best."):
        item.summary_en = words
        item = save_request(item, by=clerk, skills=[], course_keys=[])
    line = item.transitions.get(verb="send_back")
    with translation.override("en"):
        found = [(each.before, each.after) for each in list_differences(item, line)]
    assert found == [("Old.", "Best.")]
    publish(item, by=clerk)
    client.force_login(staff)
    page = client.get(reverse("request-check", args=[item.public_id])).content.decode()
    assert "Old." in page or item.summary_km in page
    client.force_login(clerk)
    assert not RequestChange.objects.filter(is_public=True).exists()
    assert client.get(reverse("request", args=[item.public_id])).context["changes"] == []


@pytest.mark.parametrize("verb", ["close", "cancel"])
@pytest.mark.parametrize("status", ["submitted", "shortlisted", "offered", "accepted"])
def test_ending_a_request_answers_whoever_waits(clerk: User, office: Organisation, verb: str, status: str) -> None:
    item = RequestFactory.create(office=office, status=RequestStatus.REVIEW)
    clock = {"offer_expires_at": timezone.now() + timedelta(hours=9)} if status == "offered" else {}
    application: Application = ApplicationFactory.create(request=item, status=status, **clock)
    if status == "accepted":
        Placement.objects.create(application=application)
    if (verb, status) == ("close", "offered"):
        with pytest.raises(NotReadyError):
            change_request(item, verb, by=clerk)
        return
    change_request(item, verb, by=clerk, reason="cancel_money")
    application.refresh_from_db()
    line = application.transitions.last()
    if status == "accepted":
        place = application.placement
        place.refresh_from_db()
        ended = place.transitions.last()
        expected = ("ended_early", "cancel_money") if verb == "cancel" else ("agreed", "")
        assert (place.status, ended.reason if ended else "") == expected
    else:
        assert line is not None
        assert (application.status, line.reason) == ("not_placed", "changed")
