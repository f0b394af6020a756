"""What is told of a place: its agreement, and that somebody fears for a person's safety."""

from django.utils.translation import gettext_lazy as _

from volunteers.services.notices import ALARM, DESK, LOW, MINE, PROGRAMME, URGENT, declare, read_why

# To the volunteer
OFFICE_CONFIRMED = declare(
    "agreement_office",
    MINE,
    _("The office confirmed our agreement"),
    _("The office confirmed the agreement: %(request)s"),
    _("Once everybody has confirmed it, you can begin."),
)
PLACE_LOOKED_AT = declare(
    "place_looked_at",
    MINE,
    _("My place is paused while the programme looks at it"),
    _("Paused while the programme looks at it: %(request)s"),
    _("Please do not go there for now. The programme tells you when it goes on."),
    **URGENT,
)
PLACE_STOPPED = declare(
    "place_stopped",
    MINE,
    _("The programme ended my place"),
    _("The programme ended your place: %(request)s"),
    _("The programme contacts you. Call it when you have questions."),
    **URGENT,
)

# To the office
VOLUNTEER_CONFIRMED = declare(
    "agreement_volunteer",
    DESK,
    _("A volunteer confirmed the agreement"),
    _("%(code)s confirmed the agreement: %(request)s"),
    **LOW,
)
SERVICE_LET_GO = declare(
    "service_let_go",
    DESK,
    _("My office ended a place early"),
    _("Your office ended the place of %(code)s early: %(request)s"),
    "%(why)s",
    words=read_why,
)
SERVICE_LOOKED_AT = declare(
    "service_looked_at",
    DESK,
    _("A volunteer's place is paused while the programme looks at it"),
    _("Paused while the programme looks at it: %(code)s, %(request)s"),
    _("Please give %(code)s no work for now. The programme tells you when it goes on."),
    **URGENT,
)
SERVICE_GOES_ON = declare(
    "service_goes_on",
    DESK,
    _("A volunteer's place goes on"),
    _("The place goes on: %(code)s, %(request)s"),
)
SERVICE_STOPPED = declare(
    "service_stopped",
    DESK,
    _("The programme ended a volunteer's place"),
    _("The programme ended the place: %(code)s, %(request)s"),
    **URGENT,
)

# To programme staff
CONCERN_RAISED = declare(
    "concern_raised",
    PROGRAMME,
    _("Somebody fears for a person's safety"),
    _("A concern was raised: %(request)s"),
    _("%(office)s. The place is paused. Read it now."),
    **ALARM,
)
