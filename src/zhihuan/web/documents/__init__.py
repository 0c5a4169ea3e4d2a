"""Pages of documents: one document, its receipts and its published copy, a matter's file with its self-check."""
