"""Outfalls into rivers and the sea: their kinds by HJ 1312-2023.

>>> from datetime import date
>>> [kind.path for kind in outfall_kinds(on=date(2026, 5, 1))][:2]
['工业排污口/工矿企业排污口/工业企业排污口', '工业排污口/工矿企业排污口/矿山排污口']
"""

from zhihuan.standards.outfalls.classification import (
    OutfallKind,
    OutfallKinds,
    classify_outfalls,
    outfall_kinds,
)

__all__ = ["OutfallKind", "OutfallKinds", "classify_outfalls", "outfall_kinds"]
