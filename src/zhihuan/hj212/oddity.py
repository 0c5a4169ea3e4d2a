"""Shapes the standard does not print but the field sends: accepted, and named.

Each oddity a frame shows is listed in its message's ``notes``. A strict profile is exactly
"accept nothing that has a note", so this list is also the whole difference between the two.
Behind each name stands where it was seen: a captured frame, or a misprint of the standards' own
examples, which devices copied.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Oddity"]


class Oddity(StrEnum):
    """One tolerated deviation. Unless said otherwise the rule is HJ 212-2017, 6.3.1, tables 2, 3."""

    # --- frame ---
    LOWER_CASE_CRC = "lower_case_crc"
    """``…&&cc01``: the CRC is printed in upper case by annex A; many receivers compare text."""
    LENGTH_FORM = "length_form"
    """A length field that is not four digits; only for devices registered as such."""
    LONG_SEGMENT = "long_segment"
    """A data segment beyond 1024 bytes: should have been split by PNUM/PNO."""
    TAIL = "tail"
    """Not CR LF after the CRC: nothing (most captured frames), LF only, other bytes. Only a
    strict profile looks at it: a lenient one must not wait for bytes that may never come."""
    CRC_OVER_CIPHER = "crc_over_cipher"
    """Encrypted, but the CRC was computed after encryption (HJ 212-2025, 6.4.2: before)."""
    CIPHER_AS_TEXT = "cipher_as_text"
    """``CP=&&{0xE4,0x3E,…}g=N&&``: the cipher printed as text, as annex A.2 of the 2025 edition
    shows it; its length field then counts the plain text. Some devices send the print."""

    # --- head ---
    MISSING_QN = "missing_qn"
    """2005 uploads and answers have none; later editions require it."""
    QN_FORM = "qn_form"
    """``QN=1617936069734``: not ``YYYYMMDDhhmmssZZZ``."""
    MISSING_FLAG = "missing_flag"
    """No Flag although PW, MN and QN look later than 2005: read as 2005, no answer due."""
    FLAG_FORM = "flag_form"
    """A Flag that is not 0 … 255."""
    UNKNOWN_VERSION = "unknown_version"
    """Version bits above 2: read as the newest edition we know."""
    FLAG_D_VS_PNUM_MISMATCH = "flag_D_vs_pnum_mismatch"
    """Flag bit 1 promises PNUM and PNO and they are missing (``Flag=7;CP=``), or the reverse.
    2005 requests are even defined so: Flag=3 there asks the device to use both."""
    PART_FORM = "part_form"
    """PNUM or PNO alone, not a number, or PNO beyond PNUM."""
    RF_FORM = "rf_form"
    """RF with another value than 1, or in an edition before 2025."""
    PW_FORM = "pw_form"
    """PW missing, empty (``PW=;``) or not six characters (``PW=BF470F88957588DE902D1A52``)."""
    MN_FORM = "mn_form"
    """MN missing, empty, or not 24 hex digits (2005: 14 characters): ``MN=JLYP01_AIR01_0001``."""
    ST_FORM = "st_form"
    """ST that is not two characters of the table's alphabet."""
    HEAD_ORDER = "head_order"
    """Fields in another order: ``…;MN=aqms-1100-2020110011;PW=123456;Flag=4``."""
    HEAD_SEPARATOR = "head_separator"
    """Blanks or commas between fields, or a missing ``;``: table C.22 itself prints
    ``Flag=5CP=``."""
    HEAD_UNKNOWN_FIELD = "head_unknown_field"
    """A field the head does not have."""
    HEAD_REPEATED_FIELD = "head_repeated_field"
    """A field twice: the first one counts."""

    # --- CP ---
    CP_MARK = "cp_mark"
    """``CP=&&`` with blanks or in lower case, or bytes between the closing ``&&`` and the CRC."""
    BLANKS = "blanks"
    """Blanks around keys, values and separators: ``CP=&& PolId=w01018``, ``i12003-Info =0``
    (tables C.2, C.42)."""
    TRAILING_SEPARATOR = "trailing_separator"
    """``…,w00000-Flag=N;&&``."""
    EMPTY_ITEM = "empty_item"
    """``;;``."""
    KEY_CASE = "key_case"
    """``a21026-rtd``: letters in another case than the standard's (table 4, 6.4)."""
    REPEATED_KEY = "repeated_key"
    """A key twice, other than PolId, which 2005 repeats itself (example 1021)."""
    MIXED_GROUP = "mixed_group"
    """Two factor codes in one comma group: table C.14 prints
    ``w01018-SampleTime=…,01018-Rtd=2.2``."""
    SPLIT_GROUP = "split_group"
    """One factor's values separated by ``;``."""
    DETACHED_SUB = "detached_sub"
    """``a34001-Rtd=92;Flag=N``: a sub-field without its factor code."""
    COMMA_IN_VALUE = "comma_in_value"
    """A comma that separates nothing: ``…=1,2,3``; kept in the value."""
    EQUALS_IN_VALUE = "equals_in_value"
    """A second ``=`` in an item; kept in the value."""
    OPEN_TEXT = "open_text"
    """A value that begins with ``//`` and is never closed."""
    INVALID_UTF8 = "invalid_utf8"
    """Bytes that are not UTF-8 (often GB 18030): kept as lone surrogates, so
    ``text.encode("utf-8", "surrogateescape")`` gives them back."""
    DATA_TIME_FORM = "data_time_form"
    """``DataTime=20160824003817000``: not ``YYYYMMDDhhmmss``."""
    NOT_ENCRYPTED = "not_encrypted"
    """A data command in clear from a device registered as encrypting (HJ 212-2025, 6.4.4)."""
