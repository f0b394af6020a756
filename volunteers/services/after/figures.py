"""What volunteers say of an office, in numbers that tell on nobody."""

from accounts.models import Organisation
from ui.small_groups import PUBLIC_LEAST, STAFF_LEAST
from volunteers.enums import Speaker
from volunteers.models import Feedback, OfficeFigures


def recount(office: Organisation) -> OfficeFigures:
    """Sums over the answers of volunteers in the order in which they were opened.

    Whole groups only, of five for the office and of ten for everybody: whoever reads today and again tomorrow sees
    the difference of at least one group, never of one person.
    """
    Organisation.objects.select_for_update().filter(pk=office.pk).values("pk").get()
    opened = Feedback.objects.filter(ask__office=office, ask__opened_at__isnull=False, side=Speaker.VOLUNTEER)
    rows = list(opened.order_by("ask__opened_at", "ask__pk").values_list("first", "second", "third"))
    shown = rows[: len(rows) // STAFF_LEAST * STAFF_LEAST]
    public = rows[: len(rows) // PUBLIC_LEAST * PUBLIC_LEAST]
    first, second, third = (sum(row[column] for row in shown) for column in range(3))
    figures, _made = OfficeFigures.objects.update_or_create(
        office=office,
        defaults={
            "count": len(shown),
            "first": first,
            "second": second,
            "third": third,
            "public_count": len(public),
            "public_sum": sum(sum(row) for row in public),
        },
    )
    return figures


def find_figures(office: Organisation) -> OfficeFigures | None:
    """None while nobody has said anything."""
    return OfficeFigures.objects.filter(office=office).first()
