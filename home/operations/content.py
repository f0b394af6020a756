"""Places and starter content, loaded when their files differ from what this database holds."""

from pathlib import Path

from django.conf import settings

from courses.models import CoursePage
from courses.services.index import ensure_course_indexes
from courses.services.publishers import set_up_review
from courses.services.starter import load_starter_courses
from forums.services.cases.templates import load_templates
from forums.services.starter import load_boards
from home.operations.database import load_once
from home.operations.digest import digest_of_files
from home.operations.passwords import read_or_make_password
from home.services.cast import CROWD, PARTS, make_cast
from home.services.starter import load_guides, load_homes, load_standard_pages
from places.services import GAZETTEER, POINTS, SUCCESSORS, load_gazetteer
from volunteers.services.starter import load_request_templates


def load_places() -> str:
    """All provinces, districts, communes and villages."""
    return load_once("places", digest_of_files([GAZETTEER, POINTS, SUCCESSORS]), read_places)


def read_places() -> str:
    result = load_gazetteer()
    return f"{result.added + result.changed + result.unchanged:,} places"


def starter_files() -> list[Path]:
    """Every file of the starter content, and the code that reads it."""
    apps = ("home", "courses", "volunteers", "forums")
    found = [path for app in apps for path in (settings.BASE_DIR / app / "starter").rglob("*") if path.is_file()]
    return found + list((settings.BASE_DIR / "home" / "services").glob("*.py"))


def load_starter() -> str:
    """Home, courses, request templates, guides, standard pages, boards, request templates."""
    return load_once("starter", digest_of_files(starter_files()), read_starter)


def read_starter() -> str:
    homes = load_homes()
    guides = load_guides(homes)  # before the lessons that link to them
    load_starter_courses(settings.BASE_DIR / "courses" / "starter", lambda _: None)
    load_request_templates()
    set_up_review(ensure_course_indexes())
    pages = load_standard_pages(homes)
    load_boards(settings.BASE_DIR / "forums" / "starter" / "boards.yaml")
    load_templates(settings.BASE_DIR / "forums" / "starter" / "reply_words.yaml")
    load_request_templates()
    return f"{CoursePage.objects.filter(locale=homes['km'].locale).count()} courses, {guides} guides, {pages} pages"


def password_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-passwords.txt"


def load_cast() -> str:
    """The demo people and what they did so far."""
    return load_once("demo", "2", make_people)


def make_people() -> str:
    make_cast(read_or_make_password(password_file()))
    return f"{len(PARTS) + len(CROWD)} people"


def describe_cast() -> str:
    """User names, password and parts, or nothing when this installation has no demo cast."""
    if not password_file().exists():
        return ""
    password = read_or_make_password(password_file())
    lines = [f"  {part.username:<16}{part.role}" for part in PARTS]
    return f"Demo people, all with the password {password}\n" + "\n".join(lines)
