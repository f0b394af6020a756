"""The page about the states says what the declarations say."""

from pathlib import Path

from django.utils import translation

from volunteers.services.states.description import describe_machines

PAGE = Path(__file__).parents[2] / "docs" / "states.md"


def test_the_page_is_what_runs() -> None:
    assert PAGE.read_text() == describe_machines(), "run: manage.py describe_states > docs/states.md"


def test_it_is_the_same_for_every_writer() -> None:
    with translation.override("km"):
        assert describe_machines() == PAGE.read_text()
