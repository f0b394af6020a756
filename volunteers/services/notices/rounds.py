"""What rounds tell people."""

from django.utils.translation import gettext_lazy as _

from volunteers.services.notices import DESK, LOW, MINE, PROGRAMME, URGENT, declare

LIST_IS_FINAL = declare(
    "round_list_final",
    MINE,
    _("Choosing in a round has closed"),
    _("Your list is final: %(round)s"),
    _("The offices score now, without knowing who you are. Places are known by %(known_at)s."),
    **LOW,
)
ROUND_OUTCOME = declare(
    "round_outcome",
    MINE,
    _("The outcome of a round is there"),
    _("The outcome of the round is there: %(round)s"),
    _("See what became of each of your choices, and why. An offer waits 72 hours for your answer."),
    **URGENT,
)
ROUND_SECOND = declare(
    "round_second",
    MINE,
    _("A round has a second round"),
    _("Places are still free: %(round)s"),
    _("See what happens with your list now."),
)
ROUND_FINISHED = declare(
    "round_finished",
    MINE,
    _("A round ended without a place for me"),
    _("The round has ended: %(round)s"),
    _("There was no place for you this time. Other communes are looking for help too."),
)
ROUND_CALLED_OFF = declare(
    "round_called_off",
    MINE,
    _("A round is cancelled"),
    _("The round is cancelled: %(round)s"),
    _("%(note)s Your applications stay with the communes, which answer them."),
    **URGENT,
)
ROUND_OPENED = declare(
    "round_opened",
    DESK,
    _("A round with our request has opened"),
    _("The round has opened: %(round)s"),
    _("People choose now. Look at what you will score; it stays as it is from the first points on."),
)
ROUND_SCORE = declare(
    "round_score",
    DESK,
    _("A round waits for our points"),
    _("Please score your applicants: %(round)s"),
    _("You have time until %(score_at)s. Whom you do not score cannot get a place."),
    **URGENT,
)
ROUND_SCORE_SOON = declare(
    "round_score_soon",
    DESK,
    _("The time to give points in a round runs out"),
    _("Some applicants have no points yet: %(round)s"),
    _("Scoring closes on %(score_at)s. Whom you do not score cannot get a place."),
    **URGENT,
)
ROUND_OFFICE_OUTCOME = declare(
    "round_office_outcome",
    DESK,
    _("A round found volunteers for us"),
    _("The places of the round are given: %(round)s"),
    _("Names are shown once the people have accepted."),
)
ROUND_OFFICE_CANCELLED = declare(
    "round_office_cancelled",
    DESK,
    _("A round with our request is cancelled"),
    _("The round is cancelled: %(round)s"),
    _("%(note)s You decide about your applicants by yourselves now."),
    **URGENT,
)
ROUND_READY = declare(
    "round_ready",
    PROGRAMME,
    _("A round is ready for the draw"),
    _("Ready for the draw: %(round)s"),
    _("Try bands and kept seats, then enter the public number, run and confirm by %(known_at)s."),
)
ROUND_LATE_OFFICES = declare(
    "round_late_offices",
    PROGRAMME,
    _("Offices are late with points in a round"),
    _("Some offices have not scored everybody: %(round)s"),
    _("Scoring closes on %(score_at)s. Call them, or give more time before the number is drawn."),
)
ROUND_STUCK = declare(
    "round_stuck",
    PROGRAMME,
    _("A round could not open"),
    _("The round could not open on its day: %(round)s"),
    "%(note)s",
    **URGENT,
)
ROUND_ENDED = declare(
    "round_ended", PROGRAMME, _("A round has ended"), _("The round has ended by its calendar: %(round)s"), **LOW
)
