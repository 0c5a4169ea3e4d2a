"""HJ 212 data-transmission protocol, sans-IO: bytes in, messages out, and back."""

from zhihuan.hj212.crc import CrcDialect, crc16
from zhihuan.hj212.decoder import Decoder, decode_frame, read_again
from zhihuan.hj212.encoder import CpItem, cp_text, encode, frame
from zhihuan.hj212.errors import DecodeError, EncodeError, Reason
from zhihuan.hj212.message import BEIJING, Group, Message
from zhihuan.hj212.oddity import Oddity
from zhihuan.hj212.profile import FIELD, STRICT, DeviceProfile, Version
from zhihuan.hj212.shape import Column, CpShape
from zhihuan.hj212.splitting import Assembler, Assembly, PartKey, following_qn, split

__all__ = [
    "BEIJING",
    "FIELD",
    "STRICT",
    "Assembler",
    "Assembly",
    "Column",
    "CpItem",
    "CpShape",
    "CrcDialect",
    "DecodeError",
    "Decoder",
    "DeviceProfile",
    "EncodeError",
    "Group",
    "Message",
    "Oddity",
    "PartKey",
    "Reason",
    "Version",
    "cp_text",
    "crc16",
    "decode_frame",
    "encode",
    "following_qn",
    "frame",
    "read_again",
    "split",
]
