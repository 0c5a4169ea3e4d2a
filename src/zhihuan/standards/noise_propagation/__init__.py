"""Sound from sources to receivers outdoors: ISO 9613-2 in octave bands, for many pairs at once.

    >>> scene = Scene(ground=Ground(0.5), obstacles=(Wall([[50, -40, 4], [50, 40, 4]]),))
    >>> sources = Sources.at([[0.0, 0.0, 0.5]], power=[95.0] * 8)
    >>> receivers = Points.at([[100.0, 0.0, 1.5], [100.0, 200.0, 1.5]])
    >>> levels(sources, receivers, scene).a_weighted.round(1)
    array([39.3, 41.7])

A tour: ``scene`` holds what there is; ``levels`` and ``grid`` (noise maps) compute, ``pair`` says
why one receiver hears so much of one source. Underneath: ``absorption`` (air), ``ground`` and
``patches``, ``crossings``, ``taut_string`` and ``screening`` (barriers), ``reflection``, ``weather``
and ``lines`` (roads as points). It refuses to know terrain: heights above ground are given.
"""

from zhihuan.standards.noise_propagation.absorption import (
    absorption_db_m,
    absorption_of_table_db_m,
)
from zhihuan.standards.noise_propagation.attenuation import ALTERNATIVE, GENERAL, attenuation
from zhihuan.standards.noise_propagation.bands import A_WEIGHTS, BANDS_HZ, a_weighted
from zhihuan.standards.noise_propagation.grid import (
    Grid,
    NoiseMap,
    inside_buildings,
    noise_map,
    receiver_grid,
)
from zhihuan.standards.noise_propagation.levels import Levels, levels
from zhihuan.standards.noise_propagation.lines import line_source, sources_together
from zhihuan.standards.noise_propagation.pair import pair_derivation
from zhihuan.standards.noise_propagation.scene import (
    Air,
    Building,
    Ground,
    Patch,
    Points,
    Scene,
    Sources,
    Wall,
)
from zhihuan.standards.noise_propagation.weather import meteorological_correction

__all__ = [
    "ALTERNATIVE",
    "A_WEIGHTS",
    "BANDS_HZ",
    "GENERAL",
    "Air",
    "Building",
    "Grid",
    "Ground",
    "Levels",
    "NoiseMap",
    "Patch",
    "Points",
    "Scene",
    "Sources",
    "Wall",
    "a_weighted",
    "absorption_db_m",
    "absorption_of_table_db_m",
    "attenuation",
    "inside_buildings",
    "levels",
    "line_source",
    "meteorological_correction",
    "noise_map",
    "pair_derivation",
    "receiver_grid",
    "sources_together",
]
