"""Classes of water: which class each item meets, and the worst of them wins.

    >>> table = class_table(
    ...     [{"item": "DIN", "name": "无机氮", "unit": "mg/L", "relation": "<=", "1": "0.2", "2": "0.3"}],
    ...     classes={"1": "第一类", "2": "第二类"}, beyond="劣二类")
    >>> judge(table, {"DIN": [0.2, 0.21, 0.31, float("nan")]}).worst
    array([1, 2, 3, 0], dtype=uint8)

One rule serves sea water, groundwater and rivers: an item meets the best class whose limits its
value keeps (where two classes print the same limit, the better one), and a sample is as bad as
its worst item. ``limits`` reads the table, ``judging`` compares in bulk, ``detection`` treats what
was not detected, ``dated`` lets each day's edition judge, ``telling`` words it,
``exact`` reads callers' numbers. The numbers come from the packaged tables; this package refuses to hold any.
"""

from zhihuan.standards.classes.dated import Classed, judge_on
from zhihuan.standards.classes.detection import Below, refuse_strays
from zhihuan.standards.classes.exact import exact_columns, exact_floats, unmasked
from zhihuan.standards.classes.judging import Judged, exceedance_multiples, item_class, judge, named
from zhihuan.standards.classes.limits import ClassTable, ItemLimits, class_table
from zhihuan.standards.classes.telling import basis_of, cautions_of, facts_of, steps_of, unit_text

__all__ = [
    "Below",
    "ClassTable",
    "Classed",
    "ItemLimits",
    "Judged",
    "basis_of",
    "cautions_of",
    "class_table",
    "exact_columns",
    "exact_floats",
    "exceedance_multiples",
    "facts_of",
    "item_class",
    "judge",
    "judge_on",
    "named",
    "refuse_strays",
    "steps_of",
    "unit_text",
    "unmasked",
]
