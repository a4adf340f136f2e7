"""A chart in words, for who cannot see it: the same figures as in its table."""

from django.utils.translation import gettext as _

from trede.reports.laying_out import Grid
from trede.reports.telling import as_sentence, in_words
from trede.reports.wording import number

AT_ONCE = 12  # lines that one can listen to


def aloud(grid: Grid) -> str:
    """The table read out; of a long one only its title, for it stands beside it."""
    if len(grid.lines) <= AT_ONCE:
        return in_words(grid)
    return _("%(title)s The table has all %(n)s lines in figures.") % {
        "title": as_sentence(grid.caption),
        "n": number(len(grid.lines)),
    }
