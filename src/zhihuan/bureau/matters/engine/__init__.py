"""Carries matters through their steps: one act, one transaction, one more link in the matter's chain."""
