"""What is known of manual monitoring in the hours of an episode: results that stand, samples without one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q

from zhihuan.bureau.exceedance.manual.samples import KnownSample, samples_of
from zhihuan.bureau.exceedance.models import Episode, ManualResult

__all__ = ["Known", "known_of", "results_of"]


@dataclass(frozen=True, slots=True)
class Known:
    """results: entered and not taken back. samples: all that the lines tell of. pending: those certainly of this outlet
    whose value nobody entered."""

    results: tuple[ManualResult, ...] = ()
    samples: tuple[KnownSample, ...] = ()

    @property
    def pending(self) -> tuple[KnownSample, ...]:
        return tuple(
            each for each in self.samples if each.is_certain and not self.has_entered(each)
        )

    def has_entered(self, sample: KnownSample) -> bool:
        """Whether a result of it stands."""
        return any(
            (each.visit_id, each.sample_code) == (sample.matter, sample.code)
            for each in self.results
        )

    def __bool__(self) -> bool:
        return bool(self.results or self.pending)


def known_of(episode: Episode) -> Known:
    """A query for the results, and those of the lines."""
    return Known(results_of(episode), tuple(samples_of(episode)))


def results_of(episode: Episode) -> tuple[ManualResult, ...]:
    """In order of time. A result belongs to an episode by outlet, factor and time, so one that grows or merges keeps its own:
    some of the sampling lies in [first_at, end_at)."""
    rows = ManualResult.objects.filter(
        point=episode.point_id, factor=episode.factor, withdraws=False, successor=None,
        sampled_from__lt=episode.end_at,
    )  # fmt: skip
    moment = Q(sampled_until=F("sampled_from"), sampled_from__gte=episode.first_at)
    within = moment | Q(sampled_until__gt=episode.first_at)
    found = rows.filter(within).select_related("report__content", "made_by")
    return tuple(found.order_by("sampled_from", "pk"))
