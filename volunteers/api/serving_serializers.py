"""What the API says of serving: places, shifts, check-ins and hours of one person; rolls and claims of an office."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from volunteers.enums import Arrival, CheckInOutcome, HoursStatus, PlacementStatus, SignupStatus, SignupVerb
from volunteers.models import HoursEntry, Placement
from volunteers.models.serving import MOST_MINUTES_A_DAY
from volunteers.services.serving.desk import name_of
from volunteers.services.serving.hours import MOST_AT_ONCE
from volunteers.services.shifts.reading import ShiftRow

LONGEST_CODE, LONGEST_WHAT, MOST_MARKS = 20, 200, 50


class NamesSerializer(serializers.Serializer[dict[str, str]]):
    """In Khmer and in English; "" where one is not written."""

    km = serializers.CharField(allow_blank=True)
    en = serializers.CharField(allow_blank=True)


class ServedSerializer(serializers.Serializer[Any]):
    """Agreed days so far, and how many of them were served."""

    agreed = serializers.IntegerField()
    served = serializers.IntegerField()


class LearningSerializer(serializers.Serializer[Any]):
    """Courses of the induction."""

    total = serializers.IntegerField()
    done = serializers.IntegerField()
    overdue = serializers.IntegerField()


class OwnPlacementSerializer(serializers.Serializer[Placement]):
    """One's own place."""

    id = serializers.UUIDField(source="public_id")
    status = serializers.ChoiceField(choices=PlacementStatus.choices)
    request = serializers.UUIDField(source="application.request.public_id")
    title = serializers.SerializerMethodField()
    office = serializers.SerializerMethodField()
    start_date = serializers.DateField(allow_null=True)
    end_date = serializers.DateField(allow_null=True)
    served = serializers.SerializerMethodField()
    induction = serializers.SerializerMethodField()

    @extend_schema_field(NamesSerializer)
    def get_title(self, placement: Placement) -> dict[str, str]:
        request = placement.application.request
        return {"km": request.title_km, "en": request.title_en}

    @extend_schema_field(NamesSerializer)
    def get_office(self, placement: Placement) -> dict[str, str]:
        office = placement.application.request.office
        return {"km": office.name_km, "en": office.name_en}

    @extend_schema_field(ServedSerializer)
    def get_served(self, placement: Placement) -> Any:
        return ServedSerializer(self.context["served"][placement.pk]).data

    @extend_schema_field(LearningSerializer)
    def get_induction(self, placement: Placement) -> Any:
        return LearningSerializer(self.context["inductions"][placement.pk]).data


class OwnShiftSerializer(serializers.Serializer[ShiftRow]):
    """A shift with what the person is in it. `verbs` are what can be answered now; `status` is empty without a part."""

    id = serializers.UUIDField(source="shift.public_id")
    request = serializers.UUIDField(source="shift.request.public_id")
    starts_at = serializers.DateTimeField(source="shift.starts_at")
    ends_at = serializers.DateTimeField(source="shift.ends_at")
    seats = serializers.IntegerField(source="shift.seats")
    seats_left = serializers.IntegerField(source="shift.seats_left")
    note_km = serializers.CharField(source="shift.note_km")
    note_en = serializers.CharField(source="shift.note_en")
    cancelled_at = serializers.DateTimeField(source="shift.cancelled_at", allow_null=True)
    status = serializers.SerializerMethodField()
    arrival = serializers.SerializerMethodField()
    confirm_by = serializers.SerializerMethodField()
    verbs = serializers.ListField(child=serializers.ChoiceField(choices=SignupVerb.choices))

    @extend_schema_field(serializers.ChoiceField(choices=SignupStatus.choices, allow_blank=True))
    def get_status(self, row: ShiftRow) -> str:
        return row.signup.status if row.signup else ""

    @extend_schema_field(serializers.ChoiceField(choices=Arrival.choices, allow_blank=True))
    def get_arrival(self, row: ShiftRow) -> str:
        return row.signup.arrival if row.signup else ""

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_confirm_by(self, row: ShiftRow) -> Any:
        """Until when a free seat is kept for the person."""
        return row.signup.call_expires_at if row.signup and row.is_called else None


class SentSerializer(serializers.Serializer[dict[str, Any]]):
    """`id` is made by the phone: sent again, it counts once. With `sent_at` a wrong clock is put right."""

    id = serializers.UUIDField()
    happened_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    sent_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class ShiftAnswerSerializer(SentSerializer):
    verb = serializers.ChoiceField(choices=SignupVerb.choices)


class CheckInSerializer(SentSerializer):
    """With `sent_at` the form waited on the phone: then nothing is refused any more, the office is asked instead."""

    code = serializers.CharField(max_length=LONGEST_CODE, help_text="Digits in either script.")


class CheckedInSerializer(serializers.Serializer[dict[str, Any]]):
    """`came`, `asked` (the office confirms by hand) or `unknown` (no shift of the person at that time)."""

    outcome = serializers.ChoiceField(choices=CheckInOutcome.choices)
    shift = serializers.UUIDField(allow_null=True)
    arrival = serializers.ChoiceField(choices=Arrival.choices, allow_blank=True)


class OwnHoursSerializer(serializers.Serializer[HoursEntry]):
    """A claim. `settled_minutes` is what holds once it was confirmed or settled."""

    id = serializers.UUIDField(source="public_id")
    placement = serializers.UUIDField(source="placement.public_id")
    day = serializers.DateField(source="day_date")
    minutes = serializers.IntegerField()
    office_minutes = serializers.IntegerField(allow_null=True)
    settled_minutes = serializers.IntegerField(allow_null=True)
    what = serializers.CharField()
    status = serializers.ChoiceField(choices=HoursStatus.choices)
    happened_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()


class ClaimSerializer(SentSerializer):
    """Time worked on one day. Without `placement` it belongs to the newest place whose dates hold the day."""

    placement = serializers.UUIDField(required=False, allow_null=True, default=None)
    day = serializers.DateField()
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES_A_DAY)
    what = serializers.CharField(max_length=LONGEST_WHAT, allow_blank=True, default="")


class RollSerializer(serializers.Serializer[Any]):
    """A shift whose roll is kept now. `unrecorded` people wait for a mark, `unproved` ones say that they came."""

    id = serializers.UUIDField(source="public_id")
    request = serializers.UUIDField(source="request.public_id")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    expected = serializers.IntegerField()
    unrecorded = serializers.IntegerField()
    unproved = serializers.IntegerField(source="unsure")


class RollLineSerializer(serializers.Serializer[Any]):
    """One person of a roll, by name while the office may read it."""

    id = serializers.UUIDField(source="signup.public_id")
    name = serializers.CharField()
    status = serializers.ChoiceField(choices=SignupStatus.choices, source="signup.status")
    arrival = serializers.ChoiceField(choices=Arrival.choices, allow_blank=True, source="signup.arrival")
    arrived_at = serializers.DateTimeField(allow_null=True, source="signup.arrived_at")


class MarkSerializer(serializers.Serializer[dict[str, Any]]):
    """`was` is the status that the reader saw: who changed meanwhile is left as they are."""

    id = serializers.UUIDField()
    was = serializers.ChoiceField(choices=SignupStatus.choices)
    now = serializers.ChoiceField(choices=["attended", "excused", "no_show", "signed_up"])


class MarksSerializer(serializers.Serializer[dict[str, Any]]):
    marks = serializers.ListField(child=MarkSerializer(), allow_empty=False, max_length=MOST_MARKS)


class RollMarkSerializer(serializers.Serializer[dict[str, Any]]):
    """Kept, or refused with the reason in words."""

    id = serializers.UUIDField()
    is_kept = serializers.BooleanField()
    detail = serializers.CharField(allow_blank=True)


class RollMarkedSerializer(serializers.Serializer[dict[str, Any]]):
    marks = RollMarkSerializer(many=True)


class DeskHoursSerializer(OwnHoursSerializer):
    """A claim that waits for the office, with who claims it."""

    name = serializers.SerializerMethodField()

    def get_name(self, entry: HoursEntry) -> str:
        return name_of(entry.placement.application)


class ConfirmSerializer(serializers.Serializer[dict[str, Any]]):
    ids = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=MOST_AT_ONCE)


class ConfirmedSerializer(serializers.Serializer[dict[str, Any]]):
    """`confirmed` ids; whoever is not among them was answered meanwhile, or is not this office's."""

    confirmed = serializers.ListField(child=serializers.UUIDField())
    minutes = serializers.IntegerField()
