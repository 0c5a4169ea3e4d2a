"""Coordinates: WGS-84 degrees, five decimals (a metre) are enough."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGITUDE = [MinValueValidator(-180), MaxValueValidator(180)]
LATITUDE = [MinValueValidator(-90), MaxValueValidator(90)]


class Located(models.Model):
    """Has a place, or none yet: both coordinates are known or neither."""

    lon = models.FloatField(_("经度（WGS-84）"), null=True, blank=True, validators=LONGITUDE)
    lat = models.FloatField(_("纬度（WGS-84）"), null=True, blank=True, validators=LATITUDE)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if (self.lon is None) != (self.lat is None):
            missing = "lon" if self.lon is None else "lat"
            raise ValidationError({missing: _("经度与纬度须同时填写，或同时留空")})

    @property
    def place(self) -> tuple[Any, Any] | None:
        """(longitude, latitude), or None while unknown."""
        return None if self.lon is None else (self.lon, self.lat)
