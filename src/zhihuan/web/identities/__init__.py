"""The identity of a matter's party: masked on the matter's page, in clear on a page of its own that writes down each look."""
