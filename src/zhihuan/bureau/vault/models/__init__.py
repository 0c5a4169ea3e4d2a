"""Contents, files that were handed in or made, files that were refused; evidence, its custody, bundles of it."""

from zhihuan.bureau.vault.models.bundle import Bundle
from zhihuan.bureau.vault.models.content import Content
from zhihuan.bureau.vault.models.custody_entry import CustodyEntry
from zhihuan.bureau.vault.models.evidence import Evidence
from zhihuan.bureau.vault.models.refused_file import RefusedFile
from zhihuan.bureau.vault.models.stored_file import StoredFile

__all__ = ["Bundle", "Content", "CustodyEntry", "Evidence", "RefusedFile", "StoredFile"]
