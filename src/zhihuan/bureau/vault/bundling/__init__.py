"""A matter's evidence as one file that a stranger can check without this platform."""
