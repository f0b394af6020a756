"""What people do on the site, as steps that journeys share. Right answers come from the starter files, not the site."""

import re
from typing import Any

import yaml
from playwright.sync_api import Page

from tests.servers import ROOT

COURSE = ROOT / "courses" / "starter" / "spreadsheets"


def plain(text: str) -> str:
    """Text as a person reads it: no bold stars, single spaces."""
    return " ".join(text.replace("**", "").split())


def in_language(words: dict[str, str] | str, language: str) -> str:
    """A text of a starter file; a plain one is the same in both languages."""
    return words if isinstance(words, str) else words[language]


def lessons() -> dict[str, list[dict[str, Any]]]:
    """Lesson slug to its questions, in the course's order, from the starter files."""
    course = yaml.safe_load((COURSE / "course.yaml").read_text())
    files = [yaml.safe_load((COURSE / f"{stem}.yaml").read_text()) for stem in course["lessons"]]
    return {file["slug"]: file["quiz"]["questions"] for file in files}


def answer_question(page: Page, question: dict[str, Any], language: str, *, rightly: bool = True) -> None:
    """Fill in the answer to the question on the screen; nothing is sent."""
    if question["type"] in ("number", "short"):
        right = question["answer"] if question["type"] == "number" else in_language(question["accepted"][0], language)
        page.fill('main input[name="text"]', str(right) if rightly else "987654321987")
        return
    if question["type"] == "match":
        sides = [plain(in_language(pair["right"], language)) for pair in question["pairs"]]
        for pair, side in zip(question["pairs"], sides if rightly else [*sides[1:], sides[0]], strict=True):
            row = page.locator("div.field").filter(has_text=plain(in_language(pair["left"], language)))
            row.locator("select").first.select_option(label=side)
        return
    choices = question["choices"]
    if question["type"] == "order":
        places = range(1, len(choices) + 1)
        for place, choice in zip(places if rightly else reversed(places), choices, strict=True):
            row = page.locator("label.opt").filter(has_text=plain(choice["text"][language]))
            row.locator("select").select_option(str(place))
        return
    for choice in choices:
        if choice["right"] == rightly:
            words = map(re.escape, plain(choice["text"][language]).split())
            text = re.compile(r"^\s*" + r"\s+".join(words) + r"\s*$")
            page.locator("label.opt").filter(has=page.locator("span", has_text=text)).locator("input").check()
            if question["type"] == "single":
                return


def take_quiz(page: Page, address: str, questions: list[dict[str, Any]], *, wrong: int = 0) -> None:
    """Go through the quiz to its result; the first `wrong` questions are answered wrongly."""
    page.goto(f"{address}quiz/")
    for number in range(len(questions)):
        shown = plain(page.locator("legend h1").inner_text())
        question = next(each for each in questions if plain(each["text"]["km"]) == shown)
        answer_question(page, question, "km", rightly=number >= wrong)
        page.locator("form.stack button.btn").first.click()
        page.locator(".note.bad" if number < wrong else ".note.ok").first.wait_for(state="visible")
        page.locator('a.btn[href^="?"]').first.click()


def sign_up_by_name(page: Page, name: str, password: str, *, birth_year: int, step_by_step: bool) -> list[str]:
    """Make an account with a username and a home in Angk Ta Saom; returns the recovery codes."""
    page.goto("/km/accounts/signup/")
    page.locator('input[name="way"][value="username"]').check()
    page.fill('input[name="username"]', name)
    page.fill('input[name="birth_year"]', str(birth_year))
    page.fill('input[name="password1"]', password)
    if step_by_step:
        page.locator('button[name="home_do"][value="list"]').click()
        for field, code in (("province", "21"), ("district", "2109"), ("commune", "210901")):
            page.select_option(f'select[name="home_{field}"]', code)
            page.locator('button[name="home_do"][value="list"]').click()
        assert page.input_value('input[name="username"]') == name
    else:
        page.fill('input[name="home_q"]', "អង្គតាសោម")
        page.locator('button[name="home_do"]:not([value="list"])').first.click()
        page.locator('input[name="home"][value="210901"]').check()
    page.fill('input[name="password1"]', password)
    page.locator("p > button.btn.wide").click()
    codes: list[str] = re.findall(r"\d{4} \d{4} \d{4}", page.locator("main").inner_text())
    return codes


def sign_in(page: Page, name: str, password: str, *, language: str = "km") -> None:
    """By the sign-in page; stands on the page after it."""
    page.goto(f"/{language}/accounts/login/")
    page.fill('input[name="login"]', name)
    page.fill('input[name="password"]', password)
    page.locator("main form button.btn").first.click()
    page.wait_for_load_state()
