"""What can be read in the text of a document: amounts, dates, citations, names. Pure."""
