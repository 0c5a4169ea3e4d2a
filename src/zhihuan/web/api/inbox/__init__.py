"""One's own to-dos and messages, for programs in one's own name."""
