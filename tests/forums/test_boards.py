import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import override

from accounts.enums import Verification
from accounts.models import Organisation, User
from accounts.services import collect_export, verify_organisation
from forums.enums import BoardKind, EventKind
from forums.models import Board, Post, Topic
from forums.services import get_board_of, get_board_of_course, list_boards, load_boards, who_answers
from places.models import Commune
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.forums import BoardFactory, make_reply, make_topic

pytestmark = pytest.mark.django_db
STARTER = Path(settings.BASE_DIR) / "forums" / "starter" / "boards.yaml"


def test_a_communes_board_is_made_once(commune: Commune) -> None:
    assert get_board_of(commune) == get_board_of(commune)
    board = Board.objects.get()
    with override("en"):
        assert (board.title, str(board)) == (commune.name_en, commune.name_en)
    assert board.title == commune.title


def test_verifying_an_office_opens_its_board(commune: Commune, judge: User) -> None:
    office = OfficeFactory.create(commune=commune, waiting=True)
    assert Board.objects.count() == 0
    staff = UserFactory.create(is_superuser=True)
    verify_organisation(office, by=staff)
    boards = dict(Board.objects.values_list("kind", "commune"))
    assert boards == {BoardKind.COMMUNE: commune.pk, BoardKind.OFFICE: None}


def test_a_courses_board_follows_its_titles() -> None:
    key = uuid.uuid4()
    board = get_board_of_course(key, slug="excel", title_km="វគ្គ Excel", title_en="Excel course")
    again = get_board_of_course(key, slug="excel-2", title_km="វគ្គថ្មី", title_en="New")
    assert (again, again.slug, again.title_km) == (board, "course-excel", "វគ្គថ្មី")
    other = uuid.uuid4()
    namesake = get_board_of_course(other, slug="excel", title_km="ផ្សេង", title_en="Other")
    assert (Board.objects.count(), namesake.slug) == (2, f"course-excel-{other.hex[:8]}")


def test_a_board_is_of_one_thing_only(commune: Commune) -> None:
    with pytest.raises(IntegrityError, match="forums_board_kind_fits"):
        BoardFactory.create(kind=BoardKind.GENERAL, commune=commune)


def test_the_list_begins_at_home(learner: User, commune: Commune) -> None:
    general = BoardFactory.create()
    BoardFactory.create(of_course=True)
    BoardFactory.create(of_commune=True)
    assert [board.slug for board in list_boards(learner)] == [f"commune-{commune.code}", general.slug]
    home = get_board_of(commune)
    assert list_boards(learner) == [home, general]
    assert list_boards(AnonymousUser()) == [general]


def test_who_answers_and_how_fast(board: Board, office: Organisation, clerk: User) -> None:
    for days in (1, 2, 9):
        assert who_answers(board).days is None
        topic = make_topic(board)
        make_reply(topic, by=clerk, as_answer=True)
        Topic.objects.filter(pk=topic.pk).update(created_at=timezone.now() - timedelta(days=days, hours=-1))
    answerers = who_answers(board)
    assert (answerers.office, [member.user for member in answerers.members], answerers.days) == (office, [clerk], 2)
    Organisation.objects.update(verification=Verification.WAITING, verified_at=None)
    assert who_answers(board).office is None


def test_the_starter_boards_load_once() -> None:
    count = load_boards(STARTER)
    before = list(Post.objects.values_list("pk", "source"))
    assert (Board.objects.count(), Topic.objects.count(), load_boards(STARTER)) == (count, count, count)
    assert list(Post.objects.values_list("pk", "source")) == before
    voice = User.objects.get(username="chuoykhum")
    assert (voice.public_name, voice.has_usable_password()) == ("ជួយឃុំ", False)


def test_changed_starter_words_are_an_edit(tmp_path: Path) -> None:
    load_boards(STARTER)
    changed = tmp_path / "boards.yaml"
    text = STARTER.read_text(encoding="utf-8")
    changed.write_text(text.replace("Welcome: ask anything about computers", "Welcome: ask us"), encoding="utf-8")
    load_boards(changed)
    topic = Topic.objects.get(title__contains="Welcome: ask us")
    assert list(topic.events.values_list("seq", "kind")) == [(1, EventKind.POSTED), (2, EventKind.EDITED)]


def test_a_person_takes_their_words_along(question: Topic, learner: User) -> None:
    parts = collect_export(learner)["parts"]
    assert [(part["number"], part["text"]) for part in parts["forums"]] == [(1, question.posts.get().source)]
