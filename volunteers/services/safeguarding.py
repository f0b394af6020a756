"""How people are kept safe at an office: the rules in plain words, and who has read and promised them."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from volunteers.models import GuideTraining

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

RULES: tuple[tuple["StrOrPromise", "StrOrPromise"], ...] = (
    (
        _("You are there."),
        _("You greet the volunteer on the first day, show the work, and stay within call. Nobody is left alone."),
    ),
    (
        _("By day, where others can see."),
        _("People of 15 to 17 help in office hours only, with the door open, never in a private home or a car."),
    ),
    (
        _("A guardian has agreed."),
        _("Below 18 you begin only when the consent is recorded, and you have the guardian's phone at hand."),
    ),
    (
        _("Papers of residents stay with you."),
        _("Civil registry, ID Poor and voter data: you sit beside them. No photo, no copy, nothing taken home."),
    ),
    (
        _("No money, no gift, no favour."),
        _("A volunteer pays nothing, carries no cash, and owes nobody anything. Costs are paid as the request says."),
    ),
    (
        _("No party, no pressure."),
        _("The volunteer helps the office, for everybody. No campaign, no questions about views or faith."),
    ),
    (
        _("Respect, in words and hands."),
        _("No shouting, no jokes about a body, no touching. Messages go through this site, never in private."),
    ),
    (
        _("They may say no and stop."),
        _("Too heavy, too late, too far, not agreed: the volunteer says so and nothing bad follows."),
    ),
    (
        _("If something happens, you tell."),
        _("You stop the work at once and tell the programme the same day. You do not ask the volunteer to keep quiet."),
    ),
)


def find_training(user: User) -> GuideTraining | None:
    """None also where it is so long ago that it has to be read again."""
    training = GuideTraining.objects.filter(user=user).first()
    return training if training and training.holds else None


def confirm_training(user: User) -> GuideTraining:
    """The person's own word, with its day; it holds for two years, and the first one stands until then."""
    training, _made = GuideTraining.objects.get_or_create(user=user, defaults={"finished_at": timezone.now()})
    if not training.holds:
        training.finished_at = timezone.now()
        training.save(update_fields=["finished_at"])
    return training
