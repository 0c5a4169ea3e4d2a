"""What documents keep; one file a noun."""

from zhihuan.bureau.documents.models.consent import ServiceConsent
from zhihuan.bureau.documents.models.counter import NumberCounter
from zhihuan.bureau.documents.models.document import MatterDocument
from zhihuan.bureau.documents.models.mark import OrganisationMark
from zhihuan.bureau.documents.models.number import DocumentNumber
from zhihuan.bureau.documents.models.publication import Publication
from zhihuan.bureau.documents.models.receipt import ServiceReceipt

__all__ = [
    "DocumentNumber",
    "MatterDocument",
    "NumberCounter",
    "OrganisationMark",
    "Publication",
    "ServiceConsent",
    "ServiceReceipt",
]
