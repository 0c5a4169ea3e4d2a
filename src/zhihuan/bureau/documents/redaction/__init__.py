"""What must not stand in a published copy, and the text without it. Pure."""
