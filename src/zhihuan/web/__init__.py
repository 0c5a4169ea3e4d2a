"""Project settings, the shell and the live map; shows, decides nothing."""
