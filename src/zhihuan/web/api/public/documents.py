"""Published stations as documents for programs."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, Literal

from pydantic import BaseModel, Field

from zhihuan.bureau.disclosure.station import Judgement, Reading, Station, StationNow
from zhihuan.web.live.factor_words import words

SubjectName = Literal["air", "water", "noise", "emission"]


class PublicStation(BaseModel):
    """A station. ``enterprise``: whose outlet it is; null: a public station."""

    code: str
    name: str
    subject: SubjectName
    kind: str = Field(..., description="Kind of monitoring point")
    town: str = Field(..., title="镇街", description="Division code")
    lon: float = Field(..., description="WGS-84")
    lat: float
    enterprise: str | None
    synthetic: bool = Field(..., title="模拟数据", description="Made up for demonstration")


class PublicValue(BaseModel):
    """The newest value of a factor. ``valid``: the device's mark lets it be judged."""

    factor: str = Field(..., description="HJ 524/525 code")
    name: str
    unit: str
    data: Literal["hour", "day"]
    at: dt.datetime = Field(..., description="Begin of the period")
    value: float | None
    valid: bool
    upper: float | None = Field(..., title="上限")
    lower: float | None = Field(..., title="下限")


class PublicJudgement(BaseModel):
    """What the values mean by their standard."""

    word: str
    tone: Literal["good", "fair", "bad", "none"]
    figure: str = Field(..., description="AQI; empty where there is no index")
    colour: str | None = Field(..., description="The standard's colour of the level, #rrggbb")
    standards: list[str] = Field(..., description="Standard and clause, in force from")


class PublicLatest(BaseModel):
    """What a station says now."""

    station: str
    at: dt.datetime | None
    values: list[PublicValue]
    judgement: PublicJudgement


def station_document(station: Station) -> dict[str, Any]:
    """As ``PublicStation``."""
    return {
        "code": station.code,
        "name": station.name,
        "subject": station.subject,
        "kind": station.kind,
        "town": station.town_code,
        "lon": station.lon,
        "lat": station.lat,
        "enterprise": station.enterprise or None,
        "synthetic": station.synthetic,
    }


def latest_document(now: StationNow) -> dict[str, Any]:
    """As ``PublicLatest``."""
    return {
        "station": now.station.code,
        "at": now.at,
        "values": [value_document(now.station, each) for each in now.readings],
        "judgement": judgement_document(now.judgement),
    }


def value_document(station: Station, reading: Reading) -> dict[str, Any]:
    """As ``PublicValue``."""
    known = words(reading.factor)
    limit = station.limits.get(reading.factor) if reading.data == "hour" else None
    return {
        "factor": known.code,
        "name": known.name,
        "unit": known.unit,
        "data": reading.data,
        "at": reading.at,
        "value": None if math.isnan(reading.value) else reading.value,
        "valid": reading.is_valid,
        "upper": limit.upper if limit else None,
        "lower": limit.lower if limit else None,
    }


def judgement_document(judgement: Judgement) -> dict[str, Any]:
    """As ``PublicJudgement``."""
    basis = judgement.derivation.basis if judgement.derivation else ()
    told = [f"{each.standard} {each.clause}（{each.in_force_from} 起）" for each in basis]
    return {
        "word": judgement.word,
        "tone": judgement.tone,
        "figure": judgement.figure,
        "colour": "#{:02x}{:02x}{:02x}".format(*judgement.rgb) if judgement.rgb else None,
        "standards": list(dict.fromkeys(told)),
    }
