"""Service of documents (送达): the law's ways, receipts, and the day on which it took effect."""
