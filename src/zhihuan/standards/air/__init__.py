"""Ambient air: indices by HJ 633, limits by GB 3095, statistics and evaluation by HJ 663.

    from zhihuan.standards.air import hourly_aqi, publication

    judged = hourly_aqi({"PM25": pm25, "O3": o3}, on=days)   # arrays in
    judged.aqi, judged.level, judged.primary_at(7)           # judgements out
    print(judged.derivation(7).text())                       # and the reasons of one

A tour: ``aqi`` (AQI, primary and exceeding pollutants), ``iaqi`` (one pollutant), ``levels`` (names,
colours, advice, sensitive groups), ``publication`` (what is published when data are missing),
``limits`` (GB 3095 by zone and stage), ``reference_state`` (2018 change of state, ppb), ``cnemc`` (the
national feed and its swapped fields); ``means``, ``ozone_8h`` and ``natural_days`` (hours into days),
``periods``, ``percentiles``, ``period_statistics`` and ``annual`` (months to years, attainment),
``city_means``, ``composite_index``, ``rankings``, ``good_days``, ``dust``, ``changes`` and ``trend`` (cities
and their comparison), ``ozone_day`` and ``days_left`` (what may still come).
"""

from zhihuan.standards.air.annual import (
    AnnualEvaluation,
    day_attainment,
    evaluate_annual,
    three_year_means,
)
from zhihuan.standards.air.aqi import AirQualityIndex, daily_aqi, hourly_aqi
from zhihuan.standards.air.breakpoints import Curve, curve
from zhihuan.standards.air.changes import percent_change, point_change
from zhihuan.standards.air.city_means import CityMeans, city_means
from zhihuan.standards.air.cnemc import ozone_evidence, primary_items, read_feed
from zhihuan.standards.air.composite_index import (
    CompositeIndex,
    appendix_c_index,
    composite_index,
)
from zhihuan.standards.air.days_left import (
    GoodDayBudget,
    MeanBudget,
    PercentileBudget,
    good_day_budget,
    mean_budget,
    percentile_budget,
)
from zhihuan.standards.air.dust import (
    DustFlag,
    DustGoodDays,
    aqi_concentrations,
    good_days_with_dust,
    without_dust,
)
from zhihuan.standards.air.good_days import GoodDays, day_ratio, good_days, region_ratio
from zhihuan.standards.air.hour_labels import days_of_hours
from zhihuan.standards.air.iaqi import IndividualIndex, iaqi
from zhihuan.standards.air.levels import Level, level_numbers, level_of, levels, sensitive_groups
from zhihuan.standards.air.limits import LimitJudgement, against_limit, functional_zones, limit
from zhihuan.standards.air.means import Means, daily_means, hourly_means
from zhihuan.standards.air.natural_days import natural_days
from zhihuan.standards.air.ozone_8h import Mda8, Running8h, mda8, running_8h
from zhihuan.standards.air.ozone_day import OzoneSoFar, ozone_so_far
from zhihuan.standards.air.percentiles import Percentiles, percentile
from zhihuan.standards.air.period_statistics import PeriodStatistics, period_statistics
from zhihuan.standards.air.periods import PeriodMeans, period_means
from zhihuan.standards.air.publication import Publication, publication
from zhihuan.standards.air.rankings import (
    Improvement,
    Ranking,
    guangdong_monthly_ranking,
    improvement_ranking,
    rank_by,
    rank_cities,
)
from zhihuan.standards.air.reference_limits import ReferenceLimit, reference_limits
from zhihuan.standards.air.reference_state import (
    from_ppb,
    restated_gas,
    restated_particles,
    state_changes_within,
    to_ppb,
)
from zhihuan.standards.air.reporting import reported, round_reported
from zhihuan.standards.air.trend import trend

__all__ = [
    "AirQualityIndex",
    "AnnualEvaluation",
    "CityMeans",
    "CompositeIndex",
    "Curve",
    "DustFlag",
    "DustGoodDays",
    "GoodDayBudget",
    "GoodDays",
    "Improvement",
    "IndividualIndex",
    "Level",
    "LimitJudgement",
    "Mda8",
    "MeanBudget",
    "Means",
    "OzoneSoFar",
    "PercentileBudget",
    "Percentiles",
    "PeriodMeans",
    "PeriodStatistics",
    "Publication",
    "Ranking",
    "ReferenceLimit",
    "Running8h",
    "against_limit",
    "appendix_c_index",
    "aqi_concentrations",
    "city_means",
    "composite_index",
    "curve",
    "daily_aqi",
    "daily_means",
    "day_attainment",
    "day_ratio",
    "days_of_hours",
    "evaluate_annual",
    "from_ppb",
    "functional_zones",
    "good_day_budget",
    "good_days",
    "good_days_with_dust",
    "guangdong_monthly_ranking",
    "hourly_aqi",
    "hourly_means",
    "iaqi",
    "improvement_ranking",
    "level_numbers",
    "level_of",
    "levels",
    "limit",
    "mda8",
    "mean_budget",
    "natural_days",
    "ozone_evidence",
    "ozone_so_far",
    "percent_change",
    "percentile",
    "percentile_budget",
    "period_means",
    "period_statistics",
    "point_change",
    "primary_items",
    "publication",
    "rank_by",
    "rank_cities",
    "read_feed",
    "reference_limits",
    "region_ratio",
    "reported",
    "restated_gas",
    "restated_particles",
    "round_reported",
    "running_8h",
    "sensitive_groups",
    "state_changes_within",
    "three_year_means",
    "to_ppb",
    "trend",
    "without_dust",
]
