"""Vehicles and machines: remote sensing on the road, the periodic test, non-road smoke.

``specific_power`` and ``judge_records`` judge single remote-sensing records of diesel vehicles,
``repeated`` the vehicle (the same item in consecutive valid tests within six months);
``judge_inspection`` the periodic exhaust test with limit a or b; ``judge_machines`` non-road
machinery. Every number of this room waits for the official text: each derivation says so.
"""

from zhihuan.standards.mobile.inspection import (
    Fuel,
    InspectionJudgement,
    LimitSet,
    judge_inspection,
)
from zhihuan.standards.mobile.non_road import MachineJudgement, judge_machines
from zhihuan.standards.mobile.remote_sensing import RecordJudgement, judge_records
from zhihuan.standards.mobile.repeated import RepeatJudgement, months_later, repeated
from zhihuan.standards.mobile.vsp import inside_window, specific_power

__all__ = [
    "Fuel",
    "InspectionJudgement",
    "LimitSet",
    "MachineJudgement",
    "RecordJudgement",
    "RepeatJudgement",
    "inside_window",
    "judge_inspection",
    "judge_machines",
    "judge_records",
    "months_later",
    "repeated",
    "specific_power",
]
