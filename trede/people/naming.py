"""How the parts of a name are joined, and shortened: "Samir al-Wahmin" is SW."""


def joined_name(given_names: str, prefix: str, surname: str) -> str:
    """A prefix that ends in a hyphen or an apostrophe stands against the surname."""
    tied = prefix.endswith(("-", "'", "\N{RIGHT SINGLE QUOTATION MARK}"))
    family = prefix + surname if tied else f"{prefix} {surname}"
    return f"{given_names} {family.strip()}".strip()


def initials(name: str) -> str:
    """Of the first and the last word; of "al-Wahmin" the capital counts."""
    words = name.split()
    return "".join(_initial(word) for word in words[:1] + words[1:][-1:])


def _initial(word: str) -> str:
    return next((sign for sign in word if sign.isupper()), word[0])
