import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.khmer import normalise, sound_of

KHMER = st.text(alphabet=st.characters(min_codepoint=0x1780, max_codepoint=0x17FF), max_size=30)
ANYTHING = st.one_of(st.text(max_size=40), KHMER)


@pytest.mark.parametrize(
    ("typed", "same_as"),
    [
        ("កណ្ដាល", "កណ្តាល"),  # coeng-da, coeng-ta
        ("ស្រុក\u200bត្រាំកក់", "ស្រុកត្រាំកក់"),
        ("\ufeffភ្នំ\u200cពេញ\u00ad", "ភ្នំពេញ"),
        ("ក\u2060ខ\u200dគ", "កខគ"),
        ("ឃុំ ២១០៩០៥", "ឃុំ 210905"),
        ("ក\u17c1\u17b8ត", "ក\u17beត"),
        ("ក\u17c1\u17b6ះ", "ក\u17c4ះ"),
        ("  Angk   Ta\u00a0Saom ", "angk ta saom"),
        ("TAKE\u0301O", "takéo"),
        ("Ta\x00k\x1be\to", "take o"),
    ],
)
def test_what_looks_alike_compares_alike(typed: str, same_as: str) -> None:
    assert normalise(typed) == normalise(same_as)


def test_different_letters_stay_different() -> None:
    assert normalise("ដា") != normalise("តា")
    assert normalise("កេ") != normalise("កើ")


def test_digits_become_western() -> None:
    assert normalise("០១២៣៤៥៦៧៨៩") == "0123456789"


@given(ANYTHING)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(
    ANYTHING,
    st.sampled_from(["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"]),
    st.integers(0, 40),
)
def test_an_invisible_character_never_matters(text: str, invisible: str, place: int) -> None:
    assert normalise(text[:place] + invisible + text[place:]) == normalise(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Poipet", "Paoy Paet"),
        ("Sen Sok", "Saensokh"),
        ("Kompong Cham", "Kampong Cham"),
        ("Siem Reap", "Siemreab"),
        ("Battambang", "Bat Dambang"),
        ("Takéo", "Takeo"),
        ("Phnum Penh", "Phnom Penh"),
    ],
)
def test_spellings_of_one_sound_meet(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


def test_khmer_has_no_latin_sound() -> None:
    assert sound_of("កណ្តាល") == ""


@given(st.text(max_size=40))
def test_a_sound_is_plain_letters(text: str) -> None:
    assert set(sound_of(text)) <= set("abcdefghijklmnopqrstuvwxyz")
