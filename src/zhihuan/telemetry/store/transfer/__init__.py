"""Measurements out to files and back in: CSV for people, Parquet for programs.

Both have the same columns; what one writes the other can read, and importing an export changes
nothing. Times carry their offset (Beijing, +08:00); missing values are empty.
"""
