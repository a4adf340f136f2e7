"""The library: what researchers read, translate, make and take along."""
