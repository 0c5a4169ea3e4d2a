"""The operations of every declared procedure, put into the interface."""

from __future__ import annotations

from ninja import NinjaAPI, Router

from zhihuan.bureau.matters.catalogue import newest
from zhihuan.web.api.matters.opening import add_opening
from zhihuan.web.api.matters.procedure_resource import resource_of
from zhihuan.web.api.matters.taking import add_steps
from zhihuan.web.api.reading import add_reads

__all__ = ["add_matters"]


def add_matters(api: NinjaAPI) -> None:
    """Each procedure in its newest edition, under its own heading."""
    for procedure in newest():
        resource = resource_of(procedure)
        router = Router(tags=[str(procedure.title)])
        add_reads(router, resource)
        add_opening(router, procedure, resource)
        add_steps(router, procedure, resource)
        api.add_router("", router)
