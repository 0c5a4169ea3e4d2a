"""Environmental noise: levels out of samples, limits by zone and time, judgements, city grades.

    >>> from datetime import date
    >>> judged = functional_zone(56.2, "1", "昼间", on=date(2026, 3, 1))
    >>> judged.derivation().conclusion
    '1 类区昼间 56.2 dB(A)，超标'

A tour: ``levels`` (Leq, LN, SD) and ``day_night`` (Ld, Ln, Ldn) make figures; ``background`` takes
the background out; ``limits`` and ``periods`` say what holds where and when; ``sources`` judges
zones, industrial and social-life boundaries and construction sites, ``indoor`` structure-borne
noise in rooms; ``city`` and ``attainment`` report a city's grades and rates; ``class_4a`` is the
strip beside traffic arteries. It refuses to make levels of other things than levels: propagation
from sources is ``noise_propagation``.
"""

from zhihuan.standards.noise.attainment import Attainment, attainment_rate, zone_attainment
from zhihuan.standards.noise.background import EmissionLevel, emission_level
from zhihuan.standards.noise.city import (
    CityGrade,
    area_mean,
    city_grade,
    road_mean,
    share_of_grades,
)
from zhihuan.standards.noise.class_4a import class_4a_depth, in_class_4a
from zhihuan.standards.noise.day_night import DayLevels, day_levels, day_night_level
from zhihuan.standards.noise.indoor import IndoorJudgement, indoor_structure_borne
from zhihuan.standards.noise.judgement import CANNOT_BE_JUDGED, OVER, WITHIN, LevelJudgement
from zhihuan.standards.noise.levels import (
    Statistics,
    energy_mean,
    exceeded_levels,
    hourly_statistics,
    statistics,
)
from zhihuan.standards.noise.limits import zone_limits
from zhihuan.standards.noise.periods import in_night, is_night
from zhihuan.standards.noise.sources import (
    construction_site,
    functional_zone,
    industrial_boundary,
    social_life_boundary,
)

__all__ = [
    "CANNOT_BE_JUDGED",
    "OVER",
    "WITHIN",
    "Attainment",
    "CityGrade",
    "DayLevels",
    "EmissionLevel",
    "IndoorJudgement",
    "LevelJudgement",
    "Statistics",
    "area_mean",
    "attainment_rate",
    "city_grade",
    "class_4a_depth",
    "construction_site",
    "day_levels",
    "day_night_level",
    "emission_level",
    "energy_mean",
    "exceeded_levels",
    "functional_zone",
    "hourly_statistics",
    "in_class_4a",
    "in_night",
    "indoor_structure_borne",
    "industrial_boundary",
    "is_night",
    "road_mean",
    "share_of_grades",
    "social_life_boundary",
    "statistics",
    "zone_attainment",
    "zone_limits",
]
