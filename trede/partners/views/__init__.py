"""The screens of partners: the directory, and one person with partners."""
