"""Plans with their draw, visits, the positive list, and the credit class of a firm as it weighs in a draw."""

from zhihuan.lines.inspection.models.draw import Draw
from zhihuan.lines.inspection.models.inspection import Inspection
from zhihuan.lines.inspection.models.listing import PositiveListing
from zhihuan.lines.inspection.models.plan import InspectionPlan
from zhihuan.lines.inspection.models.standing import Standing

__all__ = ["Draw", "Inspection", "InspectionPlan", "PositiveListing", "Standing"]
