"""Pages of the registry import: choose, upload, preview, confirm, undo."""
