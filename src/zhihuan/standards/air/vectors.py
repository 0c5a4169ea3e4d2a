"""Worked cases of ambient air, computed by the public functions of this package.

    KINDS["iaqi"]({"pollutant": "PM25", "averaging": "24h", "concentration": 40}, "HJ 633-2026")

Each kind takes a case's ``input`` and the text of its ``standard``, and returns the judgement under
the case's own words. The text forces an edition ("HJ 633-2012"); where it names several or none, the
date in the input chooses, and without a date the latest edition. It refuses nothing by plausibility:
a case may be about absurd values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import numpy as np

from zhihuan.standards.air.aqi import AirQualityIndex, daily_aqi, hourly_aqi
from zhihuan.standards.air.changes import percent_change
from zhihuan.standards.air.composite_index import composite_index
from zhihuan.standards.air.good_days import day_ratio
from zhihuan.standards.air.iaqi import IndividualIndex, iaqi
from zhihuan.standards.air.levels import level_of
from zhihuan.standards.air.limits import limit
from zhihuan.standards.air.percentiles import percentile
from zhihuan.standards.air.publication import NOT_AVAILABLE, publication
from zhihuan.standards.air.rankings import guangdong_monthly_ranking, rank_cities
from zhihuan.standards.air.vector_terms import (
    AVERAGING,
    AVERAGING_WORDS,
    Input,
    concentrations_of,
    day_of,
    days_of,
    edition_of,
    exponent_of,
    number_of,
    own_words,
    pollutant_of,
    texts_of,
    to_unit_factor,
    whole_of,
)
from zhihuan.standards.parameters import parameter

__all__ = ["KINDS"]

Output = dict[str, Any]


def _iaqi_of(given: Input, standard: str, concentrations: Any) -> IndividualIndex:
    pollutant, averaging = pollutant_of(given["pollutant"]), AVERAGING[given["averaging"].lower()]
    if pollutant.startswith("PM"):
        averaging = "24h"
    listed = concentrations if isinstance(concentrations, list) else [concentrations]
    values = np.array([number_of(value) for value in listed], dtype=np.float64)
    factor = to_unit_factor(pollutant, given.get("unit"))
    values = values * factor if factor >= 1 else values / round(1 / factor)
    column = f"{pollutant}_{'8h' if averaging == 'mda8' else averaging}"
    law = edition_of(standard, day_of(given))
    return iaqi(values, column, round_first=given.get("pre_rounded"), checked=False, **law)


def _iaqi_nodes(given: Input, standard: str) -> Output:
    found = _iaqi_of(given, standard, given["concentrations"])
    return {"iaqi": [whole_of(value) for value in found.values.tolist()]}


def _iaqi(given: Input, standard: str) -> Output:
    found = _iaqi_of(given, standard, given["concentration"])
    output: Output = {"iaqi": whole_of(found.values[0])}
    used = float(found.used[0])
    output["rounded"] = int(used) if used.is_integer() else used
    instead = found.rule_at(0)
    if instead:
        own, other = found.column.partition("_")[2], AVERAGING_WORDS[instead.partition("_")[2]]
        output["rule"] = f"no {own} IAQI; report the IAQI of the {other}"
    return output


def _level(given: Input, standard: str) -> Output:
    if given["aqi"] is None:
        return {"level": None, "name": None, "rgb": None}
    found = level_of(float(given["aqi"]), **edition_of(standard, day_of(given)))
    return {
        "level": found.number,
        "name": found.name,
        "rgb": list(found.rgb),
        "cmyk": list(found.cmyk),
        "colour": found.colour,
        "roman": found.roman,
    }


def _limit(given: Input, standard: str) -> Output:  # noqa: ARG001 - the dates choose
    days = days_of(given)
    averaging = AVERAGING[given["averaging"].lower()]
    pair = pollutant_of(given["pollutant"]), "mda8" if averaging == "8h" else averaging
    return {
        f"class{number}": limit(*pair, on=days, area_class=number).tolist() for number in (1, 2)
    }


def _told(judged: AirQualityIndex, given: Input) -> Output:
    names = own_words(judged, given)
    exceeding = judged.exceeding_at()
    output: Output = {
        "aqi": whole_of(float(judged.aqi)),
        "primary": sorted(names.get(item, item) for item in judged.primary_at()),
        "iaqi": {names[i]: whole_of(float(v)) for i, v in judged.iaqi.items() if i in names},
        "exceeding": None if exceeding is None else [names.get(item, item) for item in exceeding],
    }
    level = int(judged.level)
    rows = judged.rules_at().editions["levels"].rows
    output["level"] = level or None
    output["level_name"] = rows[level - 1]["name"] if level else None
    return output


def _judged(given: Input, standard: str, report: str, day: date | None) -> AirQualityIndex:
    judge = hourly_aqi if report == "hourly" else daily_aqi
    found = concentrations_of(given, report) or {"PM25": math.nan}
    return judge(found, checked=False, **edition_of(standard, day))


def _aqi_hourly(given: Input, standard: str) -> Output:
    return _told(_judged(given, standard, "hourly", day_of(given)), given)


def _aqi_daily(given: Input, standard: str) -> Output:
    return _told(_judged(given, standard, "daily", day_of(given)), given)


def _publish(given: Input, standard: str) -> Output:
    cells, report = given["concentrations"], str(given.get("report", "daily")).lower()
    report = "hourly" if report in ("hourly", "hour", "realtime", "real-time", "1h") else "daily"
    judged = _judged(cells, standard, report, day_of(given))
    names = {
        name: next(iter(concentrations_of({name: None}, report)), name)
        for key in ("not_measured", "never_primary")
        for name in given.get(key, ())
    }
    told = publication(
        judged,
        not_measured=[names[name] for name in given.get("not_measured", ())],
        never_primary=[names[name] for name in given.get("never_primary", ())],
    )
    own, text = _told(judged, cells), told.aqi_text()
    published = text != NOT_AVAILABLE
    return {
        "aqi_published": int(text) if published else text,
        "aqi_from_available": own["aqi"],
        "primary": own["primary"] if published else text,
        "level": own["level"] if published else text,
        "level_name": own["level_name"] if published else text,
    }


def _composite_of(given: Input, standard: str) -> float:
    words = {"CO": "CO95", "O3": "O3_90"}
    names = ("SO2", "NO2", "PM10", "PM25", "CO", "O3")
    values = {name: number_of(given.get(words.get(name, name), given.get(name))) for name in names}
    editions = parameter("air/ranking/index_limits").editions
    latest = re.search(r"GB\s*3095\D{0,3}2026|transition|过渡", standard) is not None
    edition = editions[1 if latest else 0].name
    weights = "alternative" if re.search(r"(?<!un)weighted|加权", standard) else "plain"
    found = composite_index(values, edition=edition, weights=weights, checked=False)
    return float(found.composite)


def _composite(given: Input, standard: str) -> Output:
    return {"composite": _composite_of(given, standard)}


def _yoy(given: Input, standard: str) -> Output:
    output: Output = {}
    now, before = given.get("now"), given.get("prev")
    if "now_composite_components" in given:
        now = output["now_composite"] = _composite_of(given["now_composite_components"], standard)
    if "prev_composite_components" in given:
        before = _composite_of(given["prev_composite_components"], standard)
        output["prev_composite"] = before
    output["change_pct"] = float(percent_change(number_of(now), number_of(before)))
    return output


def _change(given: Input, standard: str) -> Output:  # noqa: ARG001 - practice, no edition
    return {"pct": float(percent_change(number_of(given["now"]), number_of(given["prev"])))}


def _day_ratio(given: Input, standard: str) -> Output:
    latest = "2026" in standard
    edition = parameter("air/evaluation/ratio_decimals").editions[1 if latest else 0].name
    return {"pct": float(day_ratio(given["days"], given["valid_days"], edition=edition))}


def _percentile(given: Input, standard: str) -> Output:
    values, share = given["values"], Decimal(str(given["p"]))
    share = share * 100 if share < 1 else share
    texts = texts_of(values)
    if not texts:
        return {"value": None}
    edition = parameter("air/evaluation/percentile_method").editions[1 if "2026" in standard else 0]
    places = max((-exponent_of(Decimal(text)) for text in texts), default=0)
    numbers = [float(text) for text in texts]
    found = percentile(numbers, float(share), decimals=places, edition=edition.name)
    # the digits of the exact result: those of p as a share and those of the values
    digits = places - min(exponent_of((share / 100).normalize()), 0)
    return {"value": str(Decimal(repr(float(found.values))).quantize(Decimal(1).scaleb(-digits)))}


def _ranking(given: Input, standard: str) -> Output:  # noqa: ARG001 - one rule so far
    edition = parameter("air/ranking/ties").editions[0].name
    if "composite" in given:
        cities = list(given["composite"])
        figures = [number_of(value) for value in given["composite"].values()]
        return {"rank": _by_name(cities, rank_cities(figures, edition=edition).ranks.tolist())}
    rows = given["cities"]
    cities = [row["city"] for row in rows]
    shares = [number_of(row.get("attainment_pct")) for row in rows]
    pm25 = [number_of(row.get("PM25")) for row in rows]
    by_aqi, by_pm25 = guangdong_monthly_ranking(shares, pm25, edition=edition)
    return {
        "pm25_rank": _by_name(cities, by_pm25.ranks.tolist()),
        "aqi_rank": _by_name(cities, by_aqi.ranks.tolist()),
    }


def _by_name(cities: list[str], ranks: list[int]) -> dict[str, int | None]:
    return {city: rank if rank > 0 else None for city, rank in zip(cities, ranks, strict=True)}


KINDS: Mapping[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = MappingProxyType(
    {
        "iaqi_nodes": _iaqi_nodes,
        "iaqi": _iaqi,
        "iaqi_raw": _iaqi,
        "iaqi_rounded": _iaqi,
        "level": _level,
        "limit": _limit,
        "aqi_hourly": _aqi_hourly,
        "aqi_daily": _aqi_daily,
        "aqi_daily_dust": _aqi_daily,
        "publish": _publish,
        "composite_index": _composite,
        "yoy": _yoy,
        "change_pct": _change,
        "day_ratio": _day_ratio,
        "percentile": _percentile,
        "ranking": _ranking,
    }
)
