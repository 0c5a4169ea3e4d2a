"""Phones, what they sent, the files with it, and the log of what came when."""

from zhihuan.bureau.field_records.models.field_file import FieldFile
from zhihuan.bureau.field_records.models.field_record import FieldRecord
from zhihuan.bureau.field_records.models.phone import Phone
from zhihuan.bureau.field_records.models.receipt import Receipt

__all__ = ["FieldFile", "FieldRecord", "Phone", "Receipt"]
