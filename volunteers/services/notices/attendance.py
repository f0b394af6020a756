"""What people are told of who came to a shift."""

from django.utils.translation import gettext_lazy as _

from volunteers.services.notices import DESK, LOW, MINE, PROGRAMME, declare

# To the volunteer
SHIFT_CAME = declare(
    "shift_came",
    MINE,
    _("The office noted that I came"),
    _("You came: %(request)s"),
    _("The hours are claimed for you. You can change them until the office confirms them."),
    **LOW,
)
SHIFT_EXCUSED = declare(
    "shift_excused",
    MINE,
    _("I am excused from a shift"),
    _("You are excused: %(request)s"),
    _("The shift of %(starts_at)s does not count against you."),
    **LOW,
)
SHIFT_ABSENT = declare(
    "shift_absent",
    MINE,
    _("The office noted that I did not come"),
    _("Noted as “did not come”: %(request)s"),
    _("The shift of %(starts_at)s. If this is wrong, say so within 14 days."),
)
SHIFT_UNMARKED = declare(
    "shift_unmarked",
    MINE,
    _("The office took an attendance back"),
    _("The office took its note back: %(request)s"),
    _("Nothing is noted now for the shift of %(starts_at)s."),
    **LOW,
)
SHIFT_NOT_TRACKED = declare(
    "shift_not_tracked",
    MINE,
    _("Nobody recorded who came to a shift"),
    _("Nothing was recorded: %(request)s"),
    _("The shift of %(starts_at)s does not count against you. If you came, claim your hours."),
)
APPEAL_GRANTED = declare(
    "appeal_granted",
    MINE,
    _("My appeal succeeded"),
    _("Your appeal succeeded: %(request)s"),
    _("The shift of %(starts_at)s no longer counts as “did not come”."),
)
APPEAL_PASSED_ON = declare(
    "appeal_passed_on",
    MINE,
    _("The programme looks at my appeal"),
    _("The programme looks at your appeal now: %(request)s"),
    _("It belongs neither to you nor to the office. You need not do anything."),
)
APPEAL_REFUSED = declare(
    "appeal_refused",
    MINE,
    _("My appeal failed"),
    _("Your appeal failed: %(request)s"),
    "%(note)s",
)

# To the office
CAME_LATER_SAID = declare(
    "came_later_said",
    DESK,
    _("Somebody says they came to a shift"),
    _("%(code)s says they came: %(request)s"),
    _("The phone sent the code of the shift of %(starts_at)s late. Please confirm who came."),
)
CAME_UNPROVED = declare(
    "came_unproved",
    DESK,
    _("Somebody says they came, with a code that did not fit"),
    _("Not proved: %(code)s says they came: %(request)s"),
    _("The phone had no network at the shift of %(starts_at)s and kept a code that did not fit. Confirm by hand."),
)
APPEAL_MADE = declare(
    "appeal_made",
    DESK,
    _("Somebody appeals against “did not come”"),
    _("%(code)s appeals: %(request)s"),
    _("“%(note)s” Answer within 7 days; after that the programme decides."),
)
APPEAL_RULED = declare(
    "appeal_ruled",
    DESK,
    _("The programme decided an appeal"),
    _("The programme decided the appeal of %(code)s: %(request)s"),
    "%(note)s",
)

# To programme staff
APPEAL_TO_STAFF = declare(
    "appeal_to_staff",
    PROGRAMME,
    _("An appeal about a shift waits"),
    _("An appeal waits: %(office)s"),
    _("A volunteer says they came to a shift, the office says they did not. Please decide."),
)
