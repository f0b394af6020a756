import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import Organisation, User
from courses.models import Skill
from courses.services.starter import load_skills
from volunteers.models import RequestTemplate
from volunteers.services.completeness import find_problems
from volunteers.services.requests import draft_from_template
from volunteers.services.starter import UnknownSkillError, load_request_templates

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    load_skills(settings.BASE_DIR / "courses" / "starter" / "skills.yaml")
    count = load_request_templates()
    first = list(RequestTemplate.objects.values_list("pk", "code"))
    call_command("load_request_templates")
    assert capsys.readouterr().out == f"{count} request templates\n"
    assert list(RequestTemplate.objects.values_list("pk", "code")) == first
    assert len(first) == count > 0


def test_every_template_can_be_published_as_it_is(clerk: User, office: Organisation) -> None:
    load_skills(settings.BASE_DIR / "courses" / "starter" / "skills.yaml")
    load_request_templates()
    for template in RequestTemplate.objects.all():
        draft = draft_from_template(template, office=office, by=clerk)
        assert set(find_problems(draft)) <= {"costs_covered", "declares_trained"}
        draft.covers_nothing, draft.guide_trained_date = True, draft.start_date
        assert find_problems(draft) == {}


def test_an_unknown_skill_is_named() -> None:
    Skill.objects.all().delete()
    with pytest.raises(UnknownSkillError, match="spreadsheet"):
        load_request_templates()
