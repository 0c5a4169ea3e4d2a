"""Contents, files that were handed in or made, files that were refused."""

from zhihuan.bureau.vault.models.content import Content
from zhihuan.bureau.vault.models.refused_file import RefusedFile
from zhihuan.bureau.vault.models.stored_file import StoredFile

__all__ = ["Content", "RefusedFile", "StoredFile"]
