"""Numbers and counts as French writes them: with spaces between thousands, and 0 in the singular."""


def format_number(number: int) -> str:
    """Returns a number with spaces between thousands: « 10 000 »."""
    return f"{number:,}".replace(",", "\u00a0")


def plural_ending(count: int, singular: str = "", plural: str = "s") -> str:
    """Returns the ending of a word for a count. In French, 0 and 1 take the singular."""
    return plural if abs(count) >= 2 else singular


def count_label(count: int, noun: str) -> str:
    """Returns a count with its noun, such as « 2 cas types en rouge ».

    `{s}` in the noun stands for the « s » of its plural: « cas type{s} en rouge ».
    """
    return f"{format_number(count)} {noun.format(s=plural_ending(count))}"
