"""People without an account count themselves at the door: by the code on the screen, in sums alone.

The same guards as for a survey: the form's signed token makes it one however often it is sent, and the phone's cookie
holds a signed number, how many it has counted here. The office reads this number by itself, beside its own.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.enums import CountedBy, MeetingStatus
from participation.errors import RefusedError
from participation.models import Meeting, SelfCount
from participation.services.attendance.check_in import Coming
from participation.services.attendance.counting import add
from participation.services.surveys.tokens import FormToken
from volunteers.services.serving.codes import clean_code, is_fresh, is_showing

MOST_OF_PHONE = 5  # a household that shares one
MOST_OF_MEETING = 2000


@dataclass(frozen=True)
class Door:
    """What the form's token and the phone's count belong to."""

    meeting: Meeting

    @property
    def code(self) -> str:
        return self.meeting.public_id.hex


@transaction.atomic
def count_me(meeting: Meeting, typed: str, coming: Coming, *, token: FormToken, phone_count: int = 0) -> bool:
    """One person more, by the code of this moment; what they say of themselves goes into sums. The same token again is
    the same person. Answers whether it counted now.

    Raises `RefusedError` when no code is shown, for another code, and when the phone has counted enough people.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if SelfCount.objects.filter(client_id=token.client_id).exists():
        return False
    _check(meeting, typed, phone_count)
    SelfCount.objects.create(meeting=meeting, client_id=token.client_id)
    add(meeting, CountedBy.SELF, sex=coming.sex, age=coming.age)
    for group in coming.groups:
        add(meeting, CountedBy.SELF, group=group)
    return True


def _check(meeting: Meeting, typed: str, phone_count: int) -> None:
    now = timezone.now()
    if meeting.status != MeetingStatus.ANNOUNCED or not is_showing(meeting, now):
        raise RefusedError(_("People are counted from one hour before the meeting until its end."))
    if not is_fresh(meeting, clean_code(typed), now):
        raise RefusedError(_("This is not the code of this moment. Look at the screen once more."))
    if phone_count >= MOST_OF_PHONE:
        raise RefusedError(_("This phone has counted five people. Tell the person at the door: they count you."))
    if meeting.self_counts.count() >= MOST_OF_MEETING:
        raise RefusedError(_("Very many have counted themselves. Tell the person at the door: they count you."))
