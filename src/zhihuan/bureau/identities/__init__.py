"""Who a natural person is, or who runs an individual business: name, kind and number of an identity document, sealed,
shown masked, opened for few with each look written down, in full in the papers alone that the law wants them in."""
