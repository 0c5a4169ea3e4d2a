"""Discretion for programs: the case types, what each asks, and a reckoning."""
