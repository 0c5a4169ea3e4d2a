"""The questions the store answers, one file a subject; every one is a SELECT with bounds."""
