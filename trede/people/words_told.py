"""What staff are told about the words that a person reads: how good they are, and why
they are Dutch where the person reads another language. The person is not told: that a
machine translated is no fault of theirs, and no reason to doubt what they sign."""

from django.utils.translation import gettext as _

from trede.languages import is_known, language_of, written_as
from trede.people.languages import language_name


def told(
    wanted: str, *, used: str, status: str | None, vouched_by: str | None, why: str
) -> str:
    """One sentence, or none where there is nothing to tell. `wanted` is the language of
    the person, `used` that of the words."""
    if why:
        return _why_dutch(why, _name(wanted))
    if not status:
        return ""
    about = {"language": _name(used), "name": vouched_by or ""}
    if status == "reviewed":
        return _("The words in %(language)s were reviewed by %(name)s.") % about
    if status == "validated":
        return _("The words in %(language)s were validated by %(name)s.") % about
    return (
        _(
            "A machine made the words in %(language)s; no speaker has read them yet."
            " Ask an interpreter when in doubt."
        )
        % about
    )


def _why_dutch(why: str, language: str) -> str:
    if why == "incomplete":
        words = _("Not all of it is there in %(language)s, so it is in Dutch.")
    elif why == "not_enough":
        words = _(
            "Nobody has reviewed the words in %(language)s yet as the pilot demands, so"
            " it is in Dutch."
        )
    else:
        words = _("There are no words in %(language)s, so it is in Dutch.")
    return words % {"language": language}


def _name(code: str) -> str:
    code = written_as(code)
    return language_of(code).own_name if is_known(code) else language_name(code)
