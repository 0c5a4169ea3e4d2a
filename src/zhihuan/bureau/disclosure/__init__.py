"""What the public is shown: which points and figures, by which clause, and what they mean today."""
