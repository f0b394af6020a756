"""People and organisations, with traits for the cast."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import MembershipRole, OrganisationKind, Verification
from accounts.models import Membership, Organisation, User
from tests.factories.places import CommuneFactory

PASSWORD = "riel-krama-palm-77"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        minor = factory.Trait(birth_year=factory.LazyFunction(lambda: timezone.localdate().year - 17))

    username = factory.Sequence(lambda n: f"person{n}")
    password = factory.django.Password(PASSWORD)
    family_name_km = "សុខ"
    given_name_km = factory.Sequence(lambda n: f"ដារ៉ា{n}")
    family_name_latin = "SOK"
    given_name_latin = factory.Sequence(lambda n: f"Dara{n}")
    birth_year = factory.LazyFunction(lambda: timezone.localdate().year - 22)


class OfficeFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    class Params:
        waiting = factory.Trait(verification=Verification.WAITING, verified_at=None)

    kind = OrganisationKind.COMMUNE_OFFICE
    commune = factory.SubFactory(CommuneFactory)
    name_km = factory.LazyAttribute(lambda office: f"សាលា{office.commune.name_km}")
    name_en = factory.LazyAttribute(lambda office: f"{office.commune.name_en} office")
    verification = Verification.VERIFIED
    verified_at = factory.LazyFunction(timezone.now)


class NgoFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    kind = OrganisationKind.NGO
    name_km = factory.Sequence(lambda n: f"អង្គការ {n + 1}")
    name_en = factory.Sequence(lambda n: f"NGO {n + 1}")
    verification = Verification.VERIFIED
    verified_at = factory.LazyFunction(timezone.now)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OfficeFactory)
    role = MembershipRole.CLERK
