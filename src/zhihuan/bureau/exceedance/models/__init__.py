"""Episodes with their course, the discharger's marks with what the bureau said of them, manual results."""

from zhihuan.bureau.exceedance.models.episode import Episode
from zhihuan.bureau.exceedance.models.episode_event import EpisodeEvent
from zhihuan.bureau.exceedance.models.look import Look
from zhihuan.bureau.exceedance.models.manual_result import ManualResult
from zhihuan.bureau.exceedance.models.mark import DataMark, MarkReview

__all__ = ["DataMark", "Episode", "EpisodeEvent", "Look", "ManualResult", "MarkReview"]
