"""In which languages a questionnaire may be put, in which words, and who vouches.

A language is offered when every text that the person reads is there in it, and when
its status is at least what the pilot demands. No machine makes a translation more than
a machine's: somebody by name does that, for the own municipality only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.languages import in_order, language_of
from trede.pilots.rules import Rules
from trede.questionnaires import definition
from trede.questionnaires.definition import texts_of
from trede.questionnaires.models import Questionnaire, Translation
from trede.questionnaires.publishing import (
    definition_of,
    is_stored,
    newest,
    written_of,
)
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translations import (
    append,
    in_every_language,
    newest_by_language,
    newest_in,
)
from trede.questionnaires.wording import missing_in, without_copies

Status = Translation.Status
# Each promises more than the one before it.
RANKS = tuple(Status)


@dataclass(frozen=True)
class State:
    """How far a language is: what is missing, and who vouches for what is there."""

    language: str
    status: Translation.Status | None  # None in the language of writing
    vouched_by: str
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing


def translate(
    *,
    questionnaire: Questionnaire,
    language: str,
    words: Mapping[str, str],
    by: Actor,
    at: datetime,
    remark: str = "",
) -> Translation:
    """Words by place, beside those that are there; a copy of the original is none.
    Changed words are nobody's yet: the status begins anew, because who vouched did not
    see them."""
    written = written_of(questionnaire)
    _refuse_original(written, language)
    known = dict(texts_of(written))
    if strange := sorted(words.keys() - known.keys()):
        raise Refused(
            _("This questionnaire has no text “%(place)s”.") % {"place": strange[0]}
        )
    with transaction.atomic():
        town = by.municipality_id
        before = newest_in(questionnaire.pk, language, town=town)
        texts = dict(before.texts) if before else {}
        newer = without_copies(written, {**texts, **words})
        if before is not None and newer == texts:
            return before
        made = append(
            questionnaire, language, newer, made_by=by.staff, at=at, remark=remark[:300]
        )
        _audit("translated a questionnaire", questionnaire, by, at)
    return made


def vouch(
    *,
    questionnaire: Questionnaire,
    language: str,
    status: Translation.Status,
    vouched_by: str,
    by: Actor,
    at: datetime,
    remark: str = "",
    edition: int | None = None,
) -> Translation:
    """Somebody says that the words are good; only somebody with a name can. `edition`
    is the one that was read: nobody vouches for words that came after."""
    if status != Status.MACHINE and not vouched_by.strip():
        raise Refused(_("Write the name of who reviewed the words."), "vouched_by")
    with transaction.atomic():
        town = by.municipality_id
        before = newest_in(questionnaire.pk, language, town=town)
        if before is None:
            raise Refused(_("There are no words in this language yet."))
        if edition not in (None, before.edition):
            raise Refused(
                _("Somebody changed these words meanwhile. Read them once more.")
            )
        if status != Status.MACHINE and missing_in(
            definition_of(questionnaire, town=town), language
        ):
            raise Refused(_("Not every text is there yet in this language."))
        made = append(
            questionnaire,
            language,
            before.texts,
            status=status,
            vouched_by=vouched_by.strip() if status != Status.MACHINE else "",
            made_by=by.staff,
            at=at,
            remark=remark[:300],
        )
        _audit("vouched for a translation", questionnaire, by, at)
    return made


def states(questionnaire: Questionnaire, *, town: int | None) -> tuple[State, ...]:
    """Every language there is anything in for that municipality, the language of
    writing first."""
    return _stored_states(
        questionnaire.pk, questionnaire.sha256, questionnaire.translations_sha256, town
    )


def states_of_shipped(written: definition.Questionnaire) -> tuple[State, ...]:
    """The same, of a version that comes with Trede and that nobody used yet."""
    return _states(in_every_language(written), {})


# Every page that a person answers on offers the languages. The digests name what the
# states follow from.
@lru_cache(maxsize=512)
def _stored_states(
    pk: int, sha256: str, translations_sha256: str, town: int | None
) -> tuple[State, ...]:
    stored = Questionnaire(
        pk=pk, sha256=sha256, translations_sha256=translations_sha256
    )
    there = newest_by_language(pk, town=town)
    return _states(definition_of(stored, town=town), there)


def offered(
    questionnaire: Questionnaire, rules: Rules, *, town: int | None
) -> tuple[str, ...]:
    """The languages that a person may choose in this pilot, in one fixed order."""
    return _good_enough(states(questionnaire, town=town), rules)


def languages_for(code: str, rules: Rules, *, town: int) -> tuple[str, ...]:
    """The languages of a new sitting, also of a questionnaire that nobody used yet."""
    return _good_enough(_states_for(code, town), rules)


def states_for(code: str, rules: Rules, *, town: int) -> list[State]:
    """The same languages, with who vouches for them."""
    found = {state.language: state for state in _states_for(code, town)}
    return [found[language] for language in languages_for(code, rules, town=town)]


def _states_for(code: str, town: int) -> tuple[State, ...]:
    """Of the version that a new sitting gets (`publishing.newest`)."""
    own = Questionnaire.objects.filter(code=code, municipality=town)
    if code in shipped_codes() and not is_stored(shipped(code)) and not own.exists():
        return states_of_shipped(shipped(code))
    return states(newest(code, town=town), town=town)


def _states(
    whole: definition.Questionnaire, there: Mapping[str, Translation]
) -> tuple[State, ...]:
    return tuple(
        State(
            language,
            _status(language, whole, there),
            there[language].vouched_by if language in there else "",
            missing_in(whole, language),
        )
        for language in whole.languages
    )


def _status(
    language: str, whole: definition.Questionnaire, there: Mapping[str, Translation]
) -> Translation.Status | None:
    if language == whole.languages[0]:
        return None
    return Status(there[language].status) if language in there else Status.MACHINE


def _good_enough(found: tuple[State, ...], rules: Rules) -> tuple[str, ...]:
    enough = RANKS.index(Status(rules.questions.translation_at_least))
    return in_order(
        frozenset(
            state.language
            for state in found
            if state.is_complete
            and (state.status is None or RANKS.index(state.status) >= enough)
        )
    )


def choices(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """For a form: each language in its own script."""
    return [(code, language_of(code).own_name) for code in codes]


def used(
    questionnaire: Questionnaire, language: str, *, town: int | None
) -> Translation | None:
    """The words that stand there now in that language; None in that of writing."""
    if language == written_of(questionnaire).languages[0]:
        return None
    return newest_in(questionnaire.pk, language, town=town)


def _refuse_original(written: definition.Questionnaire, language: str) -> None:
    if language == written.languages[0]:
        raise Refused(
            _(
                "These are the words in which the questions were written. Change them"
                " in a new version of the questionnaire."
            )
        )


def _audit(verb: str, questionnaire: Questionnaire, by: Actor, at: datetime) -> None:
    record(verb, by=by, at=at, on=questionnaire, purpose="management")
