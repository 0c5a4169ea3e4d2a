"""The web: project settings, urls, shell, the live map. Nothing is decided here."""
