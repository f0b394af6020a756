"""Nudges: seldom, in the reader's language, and never words of one's own to people under 18."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses.enums import NudgeSentence
from courses.models import Cohort, CohortMember, CourseIndexPage, Nudge
from courses.services.cohort_notes import read_cohort_notes
from courses.services.nudges import Nudged, mark_seen, send_nudges
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory, CohortMemberFactory, NudgeFactory
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(cohort: Cohort) -> list[CohortMember]:
    return CohortMemberFactory.create_batch(3, cohort=cohort)


def send(cohort: Cohort, **values: Any) -> Nudged:
    return send_nudges(cohort, **{"by": cohort.opened_by, "sentence": NudgeSentence.HELP, **values})


def test_minors_get_the_ready_sentence_alone(cohort: Cohort) -> None:
    adult = CohortMemberFactory.create(cohort=cohort)
    minor = CohortMemberFactory.create(cohort=cohort, user__minor=True)
    unknown = CohortMemberFactory.create(cohort=cohort, user__birth_year=None)
    assert send(cohort, members=[adult.pk, minor.pk, unknown.pk], text=" Call me ") == Nudged(3, 0)
    texts = dict(Nudge.objects.values_list("user_id", "text"))
    assert texts == {adult.user_id: "Call me", minor.user_id: "", unknown.user_id: ""}


def test_one_learner_gets_one_in_three_days_whoever_sends(cohort: Cohort, members: list[CohortMember]) -> None:
    now = timezone.now()
    NudgeFactory.create(user=members[0].user, sent_at=now - timedelta(days=2, hours=23))
    NudgeFactory.create(user=members[1].user, sent_at=now - timedelta(days=3, hours=1))
    chosen = [member.pk for member in members]
    assert send(cohort, members=chosen) == Nudged(2, 1)
    assert send(cohort, members=chosen) == Nudged(0, 3)


def test_it_reaches_only_who_is_in_the_cohort_now(cohort: Cohort) -> None:
    foreign = CohortMemberFactory.create()
    gone = CohortMemberFactory.create(cohort=cohort, left_at=timezone.now())
    assert send(cohort, members=[foreign.pk, gone.pk, 10**6]) == Nudged(0, 0)


def test_all_quiet_ones_at_once(cohort: Cohort, members: list[CohortMember]) -> None:
    CohortMember.objects.filter(pk=members[0].pk).update(joined_at=timezone.now())
    assert send(cohort, quiet_days=7) == Nudged(2, 0)
    assert set(Nudge.objects.values_list("user_id", flat=True)) == {members[1].user_id, members[2].user_id}


def test_five_thousand_cost_as_many_queries_as_five(
    cohort: Cohort, members: list[CohortMember], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        send(cohort, members=[member.pk for member in members])


def test_it_is_shown_until_it_is_read(client: Client, indexes: dict[str, CourseIndexPage], learner: User) -> None:
    course = make_course(indexes["km"])
    cohort = CohortFactory.create(course_key=course.translation_key)
    CohortMemberFactory.create(cohort=cohort, user=learner)
    send(cohort, members=[cohort.members.get().pk], text="Bring <b>paper</b>")
    client.force_login(learner)
    addresses = [course.url, "/km/me/", cohort.get_absolute_url(), "/km/cohorts/"]
    shown = str(NudgeSentence.HELP.label)
    for address in addresses:
        page = client.get(address).text
        assert [shown in page, "Bring &lt;b&gt;paper" in page] == [True, True]
    seen = reverse("cohort-seen", args=[cohort.public_id])
    assert client.post(seen, {"from": "course"}).headers["Location"] == course.url
    assert Nudge.objects.get().read_at is not None
    assert [shown in client.get(address).text for address in addresses] == [False] * 4


def test_the_newest_unread_one_is_shown(cohort: Cohort, members: list[CohortMember]) -> None:
    person, now = members[0].user, timezone.now()
    for days, sentence in ((9, NudgeSentence.MEET), (5, NudgeSentence.TASK)):
        NudgeFactory.create(cohort=cohort, user=person, sentence=sentence, sent_at=now - timedelta(days=days))
    NudgeFactory.create(cohort=cohort, user=members[1].user, sentence=NudgeSentence.CARRY_ON)
    assert [note.sentence for note in read_cohort_notes(person)] == [str(NudgeSentence.TASK.label)]
    mark_seen(cohort, by=person)
    assert [note.sentence for note in read_cohort_notes(person)] == [""]
    assert Nudge.objects.unread().count() == 1


# The form on the desk


@pytest.mark.parametrize(
    ("data", "sent", "wrong"),
    [
        ({"to": "chosen", "tick": True, "sentence": "help"}, 1, set()),
        ({"to": "chosen", "sentence": "help"}, 0, {"to"}),
        ({"to": "quiet", "sentence": "help"}, 3, set()),
        ({"to": "chosen", "tick": True, "sentence": "buy"}, 0, {"sentence"}),
        ({"to": "chosen", "tick": True, "sentence": "help", "text": "x" * 201}, 0, {"text"}),
        ({"to": "chosen", "tick": True, "sentence": "help", "days": "1"}, 0, {"days"}),
    ],
)
def test_what_the_form_takes(
    client: Client, cohort: Cohort, members: list[CohortMember], data: dict[str, Any], sent: int, wrong: set[str]
) -> None:
    client.force_login(cohort.opened_by)
    ticked = {"member": [members[0].pk, "x", "9" * 30]} if data.get("tick") else {}
    response = client.post(reverse("cohort-nudge", args=[cohort.public_id]), {"days": "7", **data, **ticked})
    assert Nudge.objects.count() == sent
    errors = set(response.context["nudge_form"].errors) if response.status_code == 200 else set()
    assert errors == wrong


def test_nobody_is_nudged_when_the_cohort_is_over(client: Client, facilitator: User, ngo: Any) -> None:
    cohort = CohortFactory.create(organisation=ngo, opened_by=facilitator, over=True)
    member = CohortMemberFactory.create(cohort=cohort)
    client.force_login(facilitator)
    data = {"to": "chosen", "days": "7", "sentence": "help", "member": member.pk}
    assert client.post(reverse("cohort-nudge", args=[cohort.public_id]), data).status_code == 200
    assert not Nudge.objects.exists()


def test_a_learner_nudges_nobody(client: Client, cohort: Cohort, members: list[CohortMember]) -> None:
    address = reverse("cohort-nudge", args=[cohort.public_id])
    data = {"to": "quiet", "days": "7", "sentence": "help"}
    for person, status in ((members[0].user, 403), (UserFactory.create(), 404)):
        client.force_login(person)
        assert client.post(address, data).status_code == status
    assert not Nudge.objects.exists()
