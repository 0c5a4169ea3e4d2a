"""Figures, as ratios against what one would otherwise pick; ``python -m bench`` prints the table."""
