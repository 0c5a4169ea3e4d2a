"""Backup and restore of a whole installation: database, telemetry, files; keys apart.

A backup is a folder that is complete or not there. ``manifest.json`` in it names every file with its
SHA-256, every table with its rows, every day with its measurements, frames and seals; a restore
believes nothing else and says what it checked.
"""
