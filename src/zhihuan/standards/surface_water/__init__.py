"""Surface water: classes, status, indices, black-odorous grades and loads, with their reasons.

    >>> from datetime import date
    >>> judged = water_class({"pH": 7.4, "DO": 6.2, "氨氮": 0.62, "总磷": 0.13}, on=date(2026, 9, 30))
    >>> str(judged.names), judged.deciding_items()
    ('Ⅲ', ('nh3n', 'tp'))

A tour: ``water_class`` gives classes of GB 3838 with deciding items; ``exceedance`` multiples
against a target, ``main_pollutants`` what to name first; ``section_status``, ``basin_status``,
``class_shares`` and ``target_compliance`` speak for sections and basins, ``section_change`` and
``basin_change`` compare periods; ``mean_of`` and ``class_of_means`` judge months and years;
``drinking_source`` tables 2 and 3; ``trophic_index`` lakes; ``cwqi`` and ``ranks`` cities;
``black_odour`` and ``rural_black_odour`` ditches; ``pollutant_flux`` loads.

Items go by any of their names, concentrations in mg/L, a missing value is NaN or an empty cell,
``<0.05`` is below detection. Every result tells its reasons: ``derivation(index)``.
"""

from zhihuan.standards.surface_water.black_odour_body import BodyGrade, body_grade, point_grade
from zhihuan.standards.surface_water.black_odour_rural import RuralBlackOdour, rural_black_odour
from zhihuan.standards.surface_water.black_odour_urban import GRADES, BlackOdour, black_odour
from zhihuan.standards.surface_water.change import Change, basin_change, section_change
from zhihuan.standards.surface_water.city_index import Cwqi, combined_cwqi, cwqi
from zhihuan.standards.surface_water.classification import WaterClass, water_class
from zhihuan.standards.surface_water.drinking import (
    DrinkingSource,
    attainment_percent,
    drinking_source,
)
from zhihuan.standards.surface_water.exceedance import Exceedance, exceedance, exceedance_of
from zhihuan.standards.surface_water.flux import FLUX_METHODS, Flux, pollutant_flux
from zhihuan.standards.surface_water.main_pollutants import (
    MainPollutants,
    RiverPollutant,
    main_pollutants,
    river_pollutants,
)
from zhihuan.standards.surface_water.means import Mean, MeanClass, class_of_means, mean_of, rounded
from zhihuan.standards.surface_water.names import item_code, item_name, item_unit, known_item
from zhihuan.standards.surface_water.oxygen import oxygen_with_saturation
from zhihuan.standards.surface_water.quality_class import (
    CLASS_NAMES,
    INFERIOR,
    NOT_JUDGED,
    class_name,
    class_names,
    class_number,
    class_numbers,
)
from zhihuan.standards.surface_water.ranking import change_percent, ranks, reported_change
from zhihuan.standards.surface_water.reported import (
    Reported,
    counted_below_detection,
    read_reported,
)
from zhihuan.standards.surface_water.shares import ClassShares, class_shares, count_percentages
from zhihuan.standards.surface_water.status import (
    BasinStatus,
    SectionStatus,
    basin_status,
    section_status,
)
from zhihuan.standards.surface_water.targets import Compliance, target_compliance
from zhihuan.standards.surface_water.trophic import (
    TrophicIndex,
    trophic_grades,
    trophic_index,
    trophic_weights,
)
from zhihuan.standards.surface_water.water_temperature import keeps_temperature

__all__ = [
    "CLASS_NAMES",
    "FLUX_METHODS",
    "GRADES",
    "INFERIOR",
    "NOT_JUDGED",
    "BasinStatus",
    "BlackOdour",
    "BodyGrade",
    "Change",
    "ClassShares",
    "Compliance",
    "Cwqi",
    "DrinkingSource",
    "Exceedance",
    "Flux",
    "MainPollutants",
    "Mean",
    "MeanClass",
    "Reported",
    "RiverPollutant",
    "RuralBlackOdour",
    "SectionStatus",
    "TrophicIndex",
    "WaterClass",
    "attainment_percent",
    "basin_change",
    "basin_status",
    "black_odour",
    "body_grade",
    "change_percent",
    "class_name",
    "class_names",
    "class_number",
    "class_numbers",
    "class_of_means",
    "class_shares",
    "combined_cwqi",
    "count_percentages",
    "counted_below_detection",
    "cwqi",
    "drinking_source",
    "exceedance",
    "exceedance_of",
    "item_code",
    "item_name",
    "item_unit",
    "keeps_temperature",
    "known_item",
    "main_pollutants",
    "mean_of",
    "oxygen_with_saturation",
    "point_grade",
    "pollutant_flux",
    "ranks",
    "read_reported",
    "reported_change",
    "river_pollutants",
    "rounded",
    "rural_black_odour",
    "section_change",
    "section_status",
    "target_compliance",
    "trophic_grades",
    "trophic_index",
    "trophic_weights",
    "water_class",
]
