"""What the steps ask, by phase of the case."""
