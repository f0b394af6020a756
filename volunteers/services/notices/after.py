"""What people are told once a placement has ended."""

from django.utils.translation import gettext_lazy as _

from volunteers.services.notices import DESK, MINE, declare

FEEDBACK_OF_VOLUNTEER = declare(
    "feedback_of_volunteer",
    MINE,
    _("I am asked how my service was"),
    _("How was it? %(request)s"),
    _("Three questions, two minutes. The office reads no answer of yours, only averages of many."),
)
FEEDBACK_OF_OFFICE = declare(
    "feedback_of_office",
    DESK,
    _("We are asked about a volunteer"),
    _("How did %(code)s help? %(request)s"),
    _("Three questions and the skills. It becomes part of the volunteer's proof."),
)
FEEDBACK_REMINDER = declare(
    "feedback_reminder",
    MINE,
    _("My answer about my service is still missing"),
    _("10 days left to answer: %(request)s"),
    _("You read what the office says of you as soon as both have answered."),
)
FEEDBACK_OFFICE_REMINDER = declare(
    "feedback_office_reminder",
    DESK,
    _("Our answer about a volunteer is still missing"),
    _("10 days left to answer: %(request)s"),
    _("Without it the skills of %(code)s stay without your word."),
)
FEEDBACK_OPENED = declare(
    "feedback_opened",
    MINE,
    _("An office says how I helped"),
    _("%(office)s says how you helped: %(request)s"),
)
RECORD_ISSUED = declare(
    "record_issued",
    MINE,
    _("My service record is ready"),
    _("Your service record is ready: %(request)s"),
    _("A paper with a code that anybody can check. You choose what the public page shows."),
)
RECORD_RENEWED = declare(
    "record_renewed",
    MINE,
    _("My service record has a new version"),
    _("Your service record has a new version: %(request)s"),
    _("The code of the old one leads to the new one."),
)
RECORD_REVOKED = declare(
    "record_revoked",
    MINE,
    _("My service record is withdrawn"),
    _("Your service record was withdrawn: %(request)s"),
    _("Its page says why. If this is wrong, tell the programme."),
)
WISH_MADE = declare(
    "wish_made",
    DESK,
    _("Somebody wants to help us again"),
    _("%(code)s wants to help you again: %(request)s"),
    _("You can invite the person to one of your open requests."),
)
INVITED = declare(
    "invited",
    MINE,
    _("An office invites me again"),
    _("%(office)s invites you: %(request)s"),
    _("You helped there before. Apply like everybody else; you are as free to say no."),
)
