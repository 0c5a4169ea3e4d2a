"""Carbon: what distributed photovoltaics reduce, and what bought electricity emits.

``photovoltaic_reduction`` follows Guangdong's inclusive scheme with dated grid factors;
``metered_generation``, ``energy_mwh`` and ``overlapping_claims`` prepare and check its input;
``purchased_electricity`` serves inventories. Other methods of the scheme were not at hand and are
not computed.
"""

from zhihuan.standards.carbon.factors import GridFactors, combined_margin, grid_factors
from zhihuan.standards.carbon.photovoltaic import (
    Reduction,
    energy_mwh,
    metered_generation,
    overlapping_claims,
    photovoltaic_reduction,
)
from zhihuan.standards.carbon.purchased import Purchase, purchased_electricity

__all__ = [
    "GridFactors",
    "Purchase",
    "Reduction",
    "combined_margin",
    "energy_mwh",
    "grid_factors",
    "metered_generation",
    "overlapping_claims",
    "photovoltaic_reduction",
    "purchased_electricity",
]
