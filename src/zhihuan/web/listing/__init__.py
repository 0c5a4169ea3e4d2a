"""Lists: declared once, they give a page with filters, a fragment, pages, an Excel file and saved
filters. See ``docs/listing.md``.

    OUTLETS = Listing(
        name="outlets",
        title=_("排放口"),
        scope=lambda user: scope_of(user, "registry.view_outlet").filter(Outlet.objects.all()),
        columns=(Column("name", _("名称"), sort="name", link=outlet_url), …),
        filters=(TextFilter("q", _("名称或编码"), fields=("name", "code")),),
        order="name",
    )

    def outlets(request):
        return respond(request, OUTLETS)
"""

from zhihuan.web.listing.column import Column
from zhihuan.web.listing.declaration import BatchAct, Listing
from zhihuan.web.listing.filters import (
    ChoiceFilter,
    DaysFilter,
    Filter,
    FlagFilter,
    ManyFilter,
    Option,
    TextFilter,
)
from zhihuan.web.listing.response import respond

__all__ = [
    "BatchAct",
    "ChoiceFilter",
    "Column",
    "DaysFilter",
    "Filter",
    "FlagFilter",
    "Listing",
    "ManyFilter",
    "Option",
    "TextFilter",
    "respond",
]
