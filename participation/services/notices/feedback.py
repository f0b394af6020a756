"""What is asked after a meeting."""

from django.utils.translation import gettext_lazy as _

from participation.services.notices import declare

HOW_WAS_IT = declare(
    "meeting_how",
    _("How was a meeting I went to?"),
    _("How was it? %(meeting)s"),
    _("One tap. The office reads sums, not who said what; the answer stands on the page of the next meeting."),
)
WHY_NOT = declare(
    "meeting_why_not",
    _("Why did I not go to a meeting of a commune I follow?"),
    _("Were you there? %(meeting)s"),
    _("One tap, also if you did not come: it shows what keeps people away. The office reads sums alone."),
)
