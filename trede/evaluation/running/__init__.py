"""A whole analysis: what was asked, of which data, and everything that came out."""
