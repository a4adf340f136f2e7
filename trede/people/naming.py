"""How the parts of a name are joined: "Piet van den Berg", "Samir al-Wahmin"."""


def joined_name(given_names: str, prefix: str, surname: str) -> str:
    """A prefix that ends in a hyphen or an apostrophe stands against the surname."""
    tied = prefix.endswith(("-", "'", "\N{RIGHT SINGLE QUOTATION MARK}"))
    family = prefix + surname if tied else f"{prefix} {surname}"
    return f"{given_names} {family.strip()}".strip()
