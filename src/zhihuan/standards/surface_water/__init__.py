"""Surface water by GB 3838 and the rules around it."""
