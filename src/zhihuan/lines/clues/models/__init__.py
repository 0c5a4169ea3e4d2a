"""A clue beside the matter itself, and who reported it."""

from zhihuan.lines.clues.models.clue import Clue
from zhihuan.lines.clues.models.informant import Informant

__all__ = ["Clue", "Informant"]
