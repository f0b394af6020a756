"""How offices saw people use skills at work: kept, told to those who teach them, and a proof of the skill."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone

from accounts.models import User
from courses.enums import GrantSource, SkillLevel
from courses.models import Skill, SkillGrant, SkillRating
from ui.small_groups import STAFF_LEAST


@dataclass(frozen=True)
class SkillAtWork:
    """Of the people who have this skill from one course and were rated: how many at each level."""

    skill: Skill
    alone: int
    with_help: int
    not_seen: int

    @property
    def rated(self) -> int:
        return self.alone + self.with_help + self.not_seen

    @property
    def share(self) -> int:
        """Who uses it alone, in whole per cent."""
        return self.alone * 100 // self.rated


@transaction.atomic
def record_ratings(user: User, *, work_key: uuid.UUID, levels: Mapping[Skill, SkillLevel]) -> list[SkillRating]:
    """What an office says of this person's skills at one place of work; said again, it is the newest word that holds.

    Whoever uses a skill alone has proved it, unless it was proved before.
    """
    now = timezone.now()
    for skill, level in levels.items():
        SkillRating.objects.update_or_create(
            user=user, skill=skill, work_key=work_key, defaults={"level": level, "rated_at": now}
        )
    proved = [skill for skill, level in levels.items() if level == SkillLevel.ALONE]
    grants = [SkillGrant(user=user, skill=skill, source=GrantSource.WORK, granted_at=now) for skill in proved]
    SkillGrant.objects.bulk_create(grants, ignore_conflicts=True)
    return list(list_ratings([work_key])[work_key])


def list_ratings(work_keys: Collection[uuid.UUID]) -> dict[uuid.UUID, list[SkillRating]]:
    """By place of work, in the skills' order. One query."""
    found: dict[uuid.UUID, list[SkillRating]] = {key: [] for key in work_keys}
    for rating in SkillRating.objects.filter(work_key__in=work_keys).select_related("skill").order_by("skill_id"):
        found[rating.work_key].append(rating)
    return found


def list_rateable(user: User, asked: Iterable[Skill]) -> list[Skill]:
    """The skills that work asked for, and those the person learnt in courses, each once."""
    learnt = SkillGrant.objects.of(user).filter(source=GrantSource.COURSE).order_by("skill_id")
    return list({skill.pk: skill for skill in [*asked, *(grant.skill for grant in learnt)]}.values())


def count_at_work(course_key: uuid.UUID) -> list[SkillAtWork]:
    """For each skill that people have from this course, how they were rated: each by their latest rating. A skill
    with fewer than five people rated is left out. One query.

    The figures are of the whole course alone: those of a place or of some days could differ by a few people.
    """
    latest = SkillRating.objects.filter(user=OuterRef("user"), skill=OuterRef("skill")).order_by("-rated_at", "-pk")
    grants = SkillGrant.objects.filter(course_key=course_key).annotate(level=Subquery(latest.values("level")[:1]))
    rows = grants.exclude(level=None).values_list("skill", "level").annotate(n=Count("pk")).order_by("skill")
    counts: dict[int, dict[str, int]] = {}
    for skill, level, number in rows:
        counts.setdefault(skill, {})[level] = number
    shown = {skill: levels for skill, levels in counts.items() if sum(levels.values()) >= STAFF_LEAST}
    skills = Skill.objects.in_bulk(shown) if shown else {}
    return [
        SkillAtWork(skills[pk], *(levels.get(level, 0) for level in SkillLevel.values)) for pk, levels in shown.items()
    ]
