"""How long a trajectory lasts, how often there is contact, and how many people a coach
guides: the limits in sentences."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trede.pilots.description import Sentence, months, weeks
from trede.pilots.rules import Limits


def what_limits(limits: Limits) -> Iterator[Sentence]:
    length = {"months": months(limits.trajectory_months)}
    if limits.pauses_stop_the_clock:
        yield Sentence(
            _("A trajectory lasts at most %(months)s, pauses not counted.") % length
        )
    else:
        yield Sentence(
            _("A trajectory lasts at most %(months)s, pauses included.") % length
        )
    yield from _extension(limits)
    yield Sentence(
        _("A coach guides %(least)d to %(most)d people at a time.")
        % {"least": limits.caseload_from, "most": limits.caseload_to}
    )
    yield _weights(limits)
    yield Sentence(
        _("The coach gets a reminder %(weeks)s before the end.")
        % {"weeks": weeks(limits.warn_weeks_before_end)}
    )
    yield Sentence(
        _("The coach gets a reminder after %(weeks)s without contact.")
        % {"weeks": weeks(limits.warn_weeks_without_contact)}
    )

    yield from _less_contact(limits)


def _extension(limits: Limits) -> Iterator[Sentence]:
    if limits.extension_months is None:
        yield Sentence(_("Longer than that only with the coordinator's agreement."))
        return
    yield Sentence(
        _(
            "A coach may make it %(months)s longer, with a reason. More than that only"
            " with the coordinator's agreement."
        )
        % {"months": months(limits.extension_months)}
    )


def _weights(limits: Limits) -> Sentence:
    return Sentence(
        _(
            "There, somebody in the last weeks counts for %(tail)d%%, in a pause for"
            " %(pause)d%%, and in after-care for %(after_care)d%%."
        )
        % {
            "tail": limits.weight_in_tail_percent,
            "pause": limits.weight_in_pause_percent,
            "after_care": limits.weight_in_after_care_percent,
        }
    )


def _less_contact(limits: Limits) -> Iterator[Sentence]:
    if limits.tail_weeks:
        every = limits.warn_weeks_without_contact_in_tail
        yield Sentence(
            _(
                "In the last %(last)s there is less contact: the reminder comes after"
                " %(weeks)s without."
            )
            % {
                "last": weeks(limits.tail_weeks),
                "weeks": weeks(every or limits.warn_weeks_without_contact),
            }
        )
    if limits.after_care_months:
        yield Sentence(
            _("After-care lasts %(months)s after closing.")
            % {"months": months(limits.after_care_months)}
        )
    if limits.warn_weeks_without_contact_in_after_care:
        yield Sentence(
            _("Then the coach gets a reminder after %(weeks)s without contact.")
            % {"weeks": weeks(limits.warn_weeks_without_contact_in_after_care)}
        )
