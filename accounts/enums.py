from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    KHMER = "km", "ខ្មែរ"
    ENGLISH = "en", "English"


class Contrast(models.TextChoices):
    SYSTEM = "system", _("As the phone")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class OrganisationKind(models.TextChoices):
    COMMUNE_OFFICE = "commune_office", _("Commune office")
    NGO = "ngo", _("NGO")


class Verification(models.TextChoices):
    WAITING = "waiting", _("Waiting for checking")
    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", _("Refused")


class MembershipRole(models.TextChoices):
    CLERK = "clerk", _("Clerk")
    CHIEF = "chief", _("Commune chief")
    OFFICIAL = "official", _("Official")
    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Reviewer")
    PUBLISHER = "publisher", _("Publisher")
    FACILITATOR = "facilitator", _("Facilitator")
    MANAGER = "manager", _("Manager")


class ConsentChannel(models.TextChoices):
    PAPER = "paper", _("Signed paper")
    PHONE = "phone", _("Phone call, noted")
    IN_PERSON = "in_person", _("In person")


class InclusionGroup(models.TextChoices):
    """Groups whose chances are compared with everybody else's: the ages, and who said yes to a question."""

    FEMALE = "female", _("Women and girls")
    AGE_15 = "15-17", _("Aged 15 to 17")
    AGE_18 = "18-24", _("Aged 18 to 24")
    AGE_25 = "25-30", _("Aged 25 to 30")
    AGE_31 = "31-35", _("Aged 31 to 35")
    DISABILITY = "disability", _("People with a disability")
    ID_POOR = "id_poor", _("ID Poor households")
    MINORITY = "minority", _("Minorities and indigenous peoples")
    MIGRANT = "migrant", _("Households with migrants")
