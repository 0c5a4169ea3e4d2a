"""What the law of penalties says, as values: periods, thresholds, late fees, law that may be cited. Pure:
values in, values and reasons out."""
