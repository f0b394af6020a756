"""The author appeals; somebody else, from elsewhere, decides; everybody reads what was decided, nobody reads who."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import MODERATORS, STAFF
from forums.enums import HideReason, ModerationKind
from forums.errors import CaseError, NotAllowedError
from forums.models import Case, ModerationAction, ReplyTemplate, Topic
from forums.services import collect_appeals, hide, report
from forums.services.cases.deciding import decide, undo
from forums.services.cases.opening import appeal
from forums.services.cases.telling import tell_decisions
from notifications.models import Notification
from places.models import Commune
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_reply
from tests.factories.places import CommuneFactory, DistrictFactory

LOG = "/en/forum/moderation/"


def make_judge(name: str, commune: Commune | None, group: str = MODERATORS) -> User:
    user = UserFactory.create(username=name, home_commune=commune)
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


@pytest.fixture
def near(commune: Commune) -> Commune:
    """A neighbour in the same district."""
    return CommuneFactory.create(district=commune.district)


@pytest.fixture
def act(question: Topic) -> ModerationAction:
    """A reply hidden by a moderator from another district."""
    post = make_reply(question, source="ពាក្យរបស់ខ្ញុំ", by=UserFactory.create(username="author"))
    hide(post, by=make_judge("first", make_place("0102")), reason=HideReason.INSULT)
    return ModerationAction.objects.select_related("post__author", "post__topic", "case").get()


def case_of(act: ModerationAction) -> Case:
    return Case.objects.with_parts().get(against=act)


def make_place(district: str) -> Commune:
    """A commune of that district."""
    return CommuneFactory.create(code=f"{district}01", district=DistrictFactory.create(code=district))


def author_of(act: ModerationAction) -> User:
    author = act.post.author
    assert author is not None
    return author


def test_only_the_author_appeals_once_and_in_time(act: ModerationAction, stranger: User) -> None:
    with pytest.raises(NotAllowedError):
        appeal(act, by=stranger, words="No.")
    made = appeal(act, by=author_of(act), words="I named nobody.")
    assert appeal(act, by=author_of(act), words="Again.").pk == made.pk
    assert [row["words"] for row in collect_appeals(author_of(act))] == ["I named nobody."]


@pytest.mark.parametrize(
    "change",
    [
        {"created_at": timezone.now() - timedelta(days=31)},
        {"undone_at": timezone.now()},
        {"kind": ModerationKind.DISMISS},
    ],
)
def test_what_cannot_be_appealed(act: ModerationAction, change: dict[str, object]) -> None:
    ModerationAction.objects.update(**change)
    act.refresh_from_db()
    with pytest.raises(CaseError):
        appeal(act, by=author_of(act), words="No.")


def test_who_decides_an_appeal(act: ModerationAction, near: Commune) -> None:
    """The truth table: another person, another district than who decided and than the board; a known place."""
    appeal(act, by=author_of(act), words="I named nobody.")
    first = User.objects.get(username="first")
    district = first.home_commune.district  # type: ignore[union-attr]
    elsewhere, away = make_place("0304"), CommuneFactory.create(code="010209", district=district)
    people = {
        "the same": first,
        "same district as the first": make_judge("a", away),
        "same district as the board": make_judge("b", near),
        "no place": make_judge("c", None),
        "elsewhere": make_judge("d", elsewhere),
        "programme, no place": make_judge("e", None, STAFF),
        "programme, of the board's district": make_judge("f", near, STAFF),
        "stranger": UserFactory.create(home_commune=elsewhere),
    }
    able = set()
    for name, user in people.items():
        try:
            decide(case_of(act), by=User.objects.get(pk=user.pk), ruling=ModerationKind.UPHOLD)
        except NotAllowedError:
            continue
        able.add(name)
        undo(case_of(act), by=user)
    assert able == {"elsewhere", "programme, no place"}


@pytest.mark.parametrize(("ruling", "is_visible"), [(ModerationKind.OVERTURN, True), (ModerationKind.UPHOLD, False)])
def test_the_outcome_is_carried_out_and_told(
    act: ModerationAction, django_capture_on_commit_callbacks: Any, ruling: ModerationKind, is_visible: bool
) -> None:
    judge = make_judge("second", make_place("0304"))
    appeal(act, by=author_of(act), words="I named nobody.")
    decide(case_of(act), by=judge, ruling=ruling)
    act.refresh_from_db()
    act.post.refresh_from_db()
    assert (act.post.is_visible, act.stands) == (is_visible, not is_visible)
    Case.objects.update(closed_at=timezone.now() - timedelta(minutes=11))
    with django_capture_on_commit_callbacks(execute=True):
        tell_decisions()
    kinds = Notification.objects.filter(recipient=author_of(act)).order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["forums.appeal_decided", "forums.post_hidden"]


def test_an_overturned_decision_that_is_undone_hides_again(act: ModerationAction) -> None:
    judge = make_judge("second", make_place("0304"))
    appeal(act, by=author_of(act), words="I named nobody.")
    decide(case_of(act), by=judge, ruling=ModerationKind.OVERTURN)
    undo(case_of(act), by=judge)
    act.refresh_from_db()
    act.post.refresh_from_db()
    assert (act.post.is_visible, act.stands, case_of(act).is_open) == (False, True, True)
    with pytest.raises(CaseError):
        decide(case_of(act), by=judge, ruling=ModerationKind.HIDE)


def test_the_author_reads_the_decision_and_appeals_on_one_page(client: Client, act: ModerationAction) -> None:
    address = f"{LOG}{act.public_id}/"
    client.force_login(UserFactory.create())
    assert client.get(address).status_code == 404
    client.force_login(author_of(act))
    html = client.get(address).content.decode()
    assert all(words in html for words in ("It insults or threatens someone", "ពាក្យរបស់ខ្ញុំ", "Send the appeal"))
    assert "first" not in html
    assert client.post(address, {"words": "\u200b"}).status_code == 422
    html = client.post(address, {"words": "I named nobody."}, follow=True).content.decode()
    assert "Your appeal waits for a decision" in html
    assert "Send the appeal" not in html


def test_the_public_log_says_what_and_why_and_neither_who_nor_words(client: Client, act: ModerationAction) -> None:
    assert "Nothing is decided yet." in client.get(LOG).content.decode()  # it may still be undone
    ModerationAction.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    html = client.get(LOG).content.decode()
    assert all(words in html for words in ("Hide", "It insults or threatens someone", act.post.topic.board.title_en))
    author = author_of(act)
    hidden = ("ពាក្យរបស់ខ្ញុំ", act.post.topic.title, "first", "author", author.public_name, str(act.post.topic.public_id))
    assert [words for words in hidden if words in html] == []


def test_words_kept_ready_are_changed_by_those_who_decide(client: Client, judge: User, stranger: User) -> None:
    address = "/en/forum/reports/words/"
    client.force_login(stranger)
    assert client.get(address).status_code == 403
    client.force_login(judge)
    client.post(address, {"name": "Facts", "text_km": "ក", "text_en": "Say what happened."})
    row = ReplyTemplate.objects.get()
    assert (row.changed_by, "Say what happened." in client.get(f"{address}{row.pk}/").content.decode()) == (judge, True)
    assert client.post(address, {"name": "Facts", "text_km": "ខ", "text_en": "x"}).status_code == 422
    client.post(f"{address}{row.pk}/", {"act": "drop"})
    assert not ReplyTemplate.objects.exists()


def test_notes_stay_among_those_who_decide(client: Client, question: Topic, judge: User, stranger: User) -> None:
    report(make_reply(question), by=stranger, reason=HideReason.SPAM)
    case = Case.objects.get()
    client.force_login(judge)
    assert client.post(f"/en/forum/reports/{case.public_id}/note/", {"text": " "}).status_code == 422
    html = client.post(
        f"/en/forum/reports/{case.public_id}/note/", {"text": "Seen before"}, follow=True
    ).content.decode()
    assert "Seen before" in html
