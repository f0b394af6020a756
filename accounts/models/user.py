"""A person. No e-mail is needed, no identity-card number is ever kept."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Contrast, Language, OrganisationKind
from accounts.usernames import MADE_UP, validate_username
from places.models import Commune, Village

if TYPE_CHECKING:
    from accounts.models.organisation import Membership

ADULT_AGE = 18
VOLUNTEER_AGE = 15


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """Family name first. `public_id` is the only identity that leaves the server.

    Whoever signs up by phone gets a username that tells nothing; see `accounts.usernames.make_username`.
    """

    # Two Western name fields would be wrong twice; names live in the four fields below.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(
        _("username"),
        max_length=150,
        unique=True,
        validators=(validate_username,),
        error_messages={"unique": _("Somebody has this name already. Try another.")},
    )
    email = models.EmailField(_("e-mail"), blank=True, default="")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family_name_km = models.CharField(_("family name in Khmer"), max_length=80, blank=True, default="")
    given_name_km = models.CharField(_("given name in Khmer"), max_length=80, blank=True, default="")
    family_name_latin = models.CharField(_("family name in Latin letters"), max_length=80, blank=True, default="")
    given_name_latin = models.CharField(_("given name in Latin letters"), max_length=80, blank=True, default="")
    phone = models.CharField(_("phone"), max_length=16, blank=True, default="", help_text=_("E.164, as +85512345678"))
    birth_year = models.PositiveSmallIntegerField(_("birth year"), null=True, blank=True)
    home_commune = models.ForeignKey(Commune, models.SET_NULL, null=True, blank=True, related_name="people_at_home")
    home_village = models.ForeignKey(Village, models.SET_NULL, null=True, blank=True, related_name="people_at_home")
    current_commune = models.ForeignKey(Commune, models.SET_NULL, null=True, blank=True, related_name="people_now")
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KHMER)
    contrast = models.CharField(_("light or dark"), max_length=8, choices=Contrast, default=Contrast.SYSTEM)
    saves_data = models.BooleanField(_("save data"), default=False)
    # Kept by notifications, which count anew whenever one comes or is read: the bell costs a page no query.
    unread_notifications = models.PositiveIntegerField(default=0, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[UserManager["User"]] = UserManager()  # type: ignore[assignment]

    class Meta:
        # Not unique: families share phones, and refusing a taken number would tell that its owner is here.
        indexes = (models.Index(fields=("phone",), condition=~Q(phone=""), name="accounts_user_phone"),)
        constraints = (
            models.UniqueConstraint(Upper("username"), name="accounts_user_username_unique_any_case"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"), name="accounts_user_phone_is_e164"
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)),
                name="accounts_user_birth_year_sane",
            ),
            # The careful half of deletion: whoever is gone can neither sign in nor be named.
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(is_active=False, phone="", email=""),
                name="accounts_user_deleted_is_blank",
            ),
        )

    def __str__(self) -> str:
        return self.public_name

    def get_full_name(self) -> str:
        """Family name first, in the reader's script where it is known, else the other, else the username."""
        khmer = f"{self.family_name_km} {self.given_name_km}".strip()
        latin = f"{self.family_name_latin} {self.given_name_latin}".strip()
        return (latin or khmer if get_language() == "en" else khmer or latin) or self.username

    def get_short_name(self) -> str:
        """The given name, as people are called."""
        latin, khmer = self.given_name_latin, self.given_name_km
        return (latin or khmer if get_language() == "en" else khmer or latin) or self.username

    @property
    def age(self) -> int | None:
        """The least age the birth year allows: whoever may still be a minor counts as one."""
        return None if self.birth_year is None else timezone.localdate().year - self.birth_year - 1

    @property
    def is_minor(self) -> bool:
        """Below 18, or unknown: the careful reading protects."""
        return self.age is None or self.age < ADULT_AGE

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def public_name(self) -> str:
        """What strangers read: a minor's given name only, never the family name."""
        if self.is_deleted:
            return gettext("A former member")
        name = self.get_short_name() if self.is_minor else self.get_full_name()
        # A username we made up names nobody.
        return gettext("A member") if name == self.username and name.startswith(MADE_UP) else name

    @cached_property
    def active_memberships(self) -> "list[Membership]":
        """The organisations the person acts for now, with their places: one query per user object."""
        held = self.memberships.filter(ended_at=None, accepted_at__isnull=False)
        return list(held.select_related("organisation__commune__district__province"))

    def forget_memberships(self) -> None:
        """After a change: ask again next time."""
        self.__dict__.pop("active_memberships", None)

    @property
    def has_desk(self) -> bool:
        """Whether the person acts now for a commune office that staff have not refused."""
        return any(
            membership.organisation.kind == OrganisationKind.COMMUNE_OFFICE and not membership.organisation.is_refused
            for membership in self.active_memberships
        )
