"""What a logger does and says when the host asks; ``judging.answer`` is the way in."""
