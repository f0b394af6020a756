from django.db import models
from django.utils.translation import gettext_lazy as _


class ProvinceKind(models.TextChoices):
    PROVINCE = "province", _("Province")
    CAPITAL = "capital", _("Capital")


class DistrictKind(models.TextChoices):
    DISTRICT = "district", _("District")
    MUNICIPALITY = "municipality", _("Municipality")
    KHAN = "khan", _("Khan")


class CommuneKind(models.TextChoices):
    COMMUNE = "commune", _("Commune")
    SANGKAT = "sangkat", _("Sangkat")
