"""Pages of API tokens: one's own, and those of programs for whoever manages them."""
