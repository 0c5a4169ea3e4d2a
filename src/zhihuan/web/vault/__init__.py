"""Pages of evidence: gallery, one piece with its custody, upload, bundles; and of what was refused."""
