"""Many frames at once, into columns: for imports and replays of kept traffic.

The same answers as ``Decoder``, several times faster, for streams of ordinary frames. What is not
ordinary goes through ``Decoder`` itself, so there is one judgement, not two.
"""

from zhihuan.hj212.batch.columns import NO_TIME, FrameBatch
from zhihuan.hj212.batch.decoder import BatchDecoder, decode_batch

__all__ = ["NO_TIME", "BatchDecoder", "FrameBatch", "decode_batch"]
