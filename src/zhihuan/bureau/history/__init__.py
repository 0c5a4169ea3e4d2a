"""What records said before: every change, by whom and why; undo, and the look of any past moment."""
