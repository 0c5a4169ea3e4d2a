"""The synthetic city: labelled as synthetic wherever people can see it."""
