"""Who acts, and why a change may pass in silence: words that the declarations share."""

from volunteers.rules import is_applicant, is_of_office, is_staff

OFFICE, STAFF, APPLICANT = (is_of_office,), (is_staff,), (is_applicant,)
ITS_OWN = "The office did it itself, and nobody outside waits for it."
EACH_HEARS = "Everybody concerned hears it by the change of their own application or place."
