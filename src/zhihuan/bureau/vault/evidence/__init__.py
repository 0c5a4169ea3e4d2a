"""Evidence of matters: added, kept, looked at, withdrawn; what is said of it against what the file says."""
