"""A questionnaire as a LimeSurvey structure (.lss) that LimeSurvey 6 imports.

Sections become groups, and the ways to give no answer become answers to choose, where
there is something to choose from. Codes fit the rules of LimeSurvey; our own travel
along (`limesurvey_marks`). What LimeSurvey cannot do stays behind: pictures beside
answers, speaking an answer, scores, and the walls between the parts.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trede.questionnaires.definition import (
    Condition,
    Demand,
    Joint,
    Kind,
    Option,
    Part,
    Question,
    Questionnaire,
    Section,
    Test,
    Text,
    Together,
    Value,
)
from trede.questionnaires.exchange.fixed_words import fixed_words
from trede.questionnaires.exchange.limesurvey_codes import their_answers, their_title
from trede.questionnaires.exchange.limesurvey_document import document
from trede.questionnaires.exchange.limesurvey_marks import (
    INTRO,
    OUTRO,
    Marks,
    as_classes,
)
from trede.questionnaires.exchange.limesurvey_phrasing import (
    CHOSEN,
    choices_of,
    clean,
    heading,
    help_text,
    limits_of,
    meant,
    number_there,
    said,
    values_of,
    ways_out,
    within,
)
from trede.questionnaires.exchange.limesurvey_reading import Row

# LimeSurvey refuses a whole survey for an address that is none; mail to this one goes
# nowhere until an administrator writes his own.
ADDRESS = "noreply@example.org"
_DB_VERSION = "641"
_TYPES: Mapping[Kind, tuple[str, str]] = {
    **dict.fromkeys(CHOSEN, ("L", "listradio")),
    Kind.COUNTRY: ("!", "list_dropdown"),
    Kind.MULTIPLE: ("M", "multiplechoice"),
    Kind.NUMBER: ("N", "numerical"),
    Kind.YEAR: ("N", "numerical"),
    Kind.HOURS: ("N", "numerical"),
    Kind.DATE: ("D", "date"),
    Kind.TEXT: ("S", "shortfreetext"),
    Kind.LONG_TEXT: ("T", "longfreetext"),
}
_SHOWN = ("X", "boilerplate")
_TABLES = (
    "answers",
    "answer_l10ns",
    "groups",
    "group_l10ns",
    "questions",
    "subquestions",
    "question_l10ns",
    "question_attributes",
)
# What LimeSurvey calls a language that we call otherwise.
_LANGUAGES = {"nl-x-a2": "nl-informal"}
SETTINGS = {
    "gsid": "1",
    "admin": "inherit",
    "adminemail": ADDRESS,
    "bounce_email": ADDRESS,
    "anonymized": "Y",
    # One question on a page, as here.
    "format": "S",
    "template": "inherit",
    "usecookie": "N",
    "allowsave": "Y",
    "allowprev": "Y",
    "shownoanswer": "Y",
    "showwelcome": "Y",
    "showprogress": "Y",
    "questionindex": "0",
    "htmlemail": "Y",
    "tokenlength": "15",
}


def as_lss(questionnaire: Questionnaire) -> bytes:
    writing = _Writing(questionnaire)
    for part in questionnaire.parts:
        writing.take_part(part)
    return document(_DB_VERSION, writing.languages.values(), writing.tables())


@dataclass
class _Writing:
    questionnaire: Questionnaire
    rows: dict[str, list[Row]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Mapping[Value, str]] = field(default_factory=dict)
    ways: dict[str, tuple[str, ...]] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    group: int = 0
    last: int = 0
    taken: set[str] = field(default_factory=set)

    @property
    def sid(self) -> str:
        """Six digits, the same for the same questionnaire."""
        digest = hashlib.sha256(self.questionnaire.code.encode()).hexdigest()
        return str(100_000 + int(digest, 16) % 900_000)

    @property
    def languages(self) -> Mapping[str, str]:
        """What LimeSurvey calls each of our languages."""
        own = self.questionnaire.languages
        return {one: _LANGUAGES.get(one, one) for one in own}

    # Parts, sections, questions -----------------------------------------------------

    def take_part(self, part: Part) -> None:
        for place, section in enumerate(part.sections):
            self._take_section(section)
            if place == 0 and part.intro is not None:
                self._take_shown(part, section, INTRO, part.intro)
            for question in section.questions:
                self._take_question(part, section, question)
            if section is part.sections[-1] and part.outro is not None:
                self._take_shown(part, section, OUTRO, part.outro)

    def _take_section(self, section: Section) -> None:
        self.group += 1
        gid, order = str(self.group), str(self.group)
        self._add(
            "groups",
            gid=gid,
            sid=self.sid,
            group_order=order,
            randomization_group="",
            grelevance="",
        )
        for language, theirs in self.languages.items():
            self._add(
                "group_l10ns",
                id=self._number(),
                gid=gid,
                group_name=heading(section.title, language),
                description=said(section.intro, language),
                language=theirs,
            )

    def _take_shown(self, part: Part, section: Section, place: str, text: Text) -> None:
        title = self._title(f"{place}_{part.kind}")
        marks = Marks(part=part.kind, section=section.code, shown=place)
        qid = self._add_question(_SHOWN, title, mandatory="N", relevance="1")
        self._add_words(qid, text)
        self._add_attributes(qid, {"cssclass": as_classes(marks)})

    def _take_question(self, part: Part, section: Section, question: Question) -> None:
        self.questions[question.code] = question
        title = self.titles[question.code] = self._title(question.code)
        codes = self.answers[question.code] = their_answers(values_of(question))
        ways = dict(ways_out(question, frozenset(codes.values())))
        self.ways[question.code] = tuple(ways)
        # Who cannot say "I would rather not" there must be able to leave it open.
        must = not question.optional and (bool(ways) or not question.may_refuse)
        conditions = " and ".join(map(self._relevance, question.asked_when))
        qid = self._add_question(
            _TYPES[question.kind], title, "Y" if must else "N", conditions or "1"
        )
        self._add_words(qid, question.text, question)
        if question.kind is Kind.MULTIPLE:
            self._add_boxes(qid, question.options, codes)
        elif codes:
            texts = {codes[value]: text for value, text in choices_of(question)}
            none = {c: fixed_words(n, self.languages) for c, n in ways.items()}
            self._add_answers(qid, {**texts, **none})
        marks = Marks(
            part=part.kind,
            section=section.code,
            code=question.code,
            kind=question.kind,
            required=not question.optional,
            may_not_know=question.may_not_know,
            may_speak=question.may_speak,
            values={
                codes[option.value]: str(option.value) for option in question.options
            },
            missing=frozenset(ways),
        )
        self._add_attributes(
            qid, {"cssclass": as_classes(marks), **limits_of(question, codes)}
        )

    # Conditions ----------------------------------------------------------------------

    def _relevance(self, demand: Demand) -> str:
        if isinstance(demand, Together):
            joint = " or " if demand.joint is Joint.ANY else " and "
            return f"({joint.join(map(self._relevance, demand.of))})"
        return self._comparison(demand)

    def _comparison(self, condition: Condition) -> str:
        about = self.questions[condition.question]
        name = f"{self.titles[about.code]}.NAOK"
        if condition.test in (Test.ANSWERED, Test.NOT_ANSWERED):
            return self._whether(about, name, answered=condition.needs_answer)
        if condition.test in (Test.AT_LEAST, Test.AT_MOST) and not values_of(about):
            return within(name, condition)
        codes = self.answers[about.code]
        wanted = [codes.get(v, number_there(v)) for v in meant(condition, about)]
        sign, joint = ("!=", "and") if condition.test is Test.IS_NOT else ("==", "or")
        if about.kind is Kind.MULTIPLE:
            title = self.titles[about.code]
            pieces = [f'{title}_{code}.NAOK {sign} "Y"' for code in wanted]
        else:
            pieces = [f'{name} {sign} "{code}"' for code in wanted]
        # No value at all can be meant: nobody, or everybody.
        nobody = "1 == 1" if condition.test is Test.IS_NOT else "1 == 2"
        return f"({f' {joint} '.join(pieces) or nobody})"

    def _whether(self, about: Question, name: str, *, answered: bool) -> str:
        """Who chose a way to give no answer has not answered."""
        if about.kind is Kind.MULTIPLE:
            title, codes = self.titles[about.code], self.answers[about.code].values()
            sign, joint = ("==", "or") if answered else ("!=", "and")
            pieces = [f'{title}_{code}.NAOK {sign} "Y"' for code in codes]
        else:
            sign, joint = ("!=", "and") if answered else ("==", "or")
            ways = self.ways[about.code]
            pieces = [f"{'!' if answered else ''}is_empty({name})"]
            pieces += [f'{name} {sign} "{way}"' for way in ways]
        return f"({f' {joint} '.join(pieces)})"

    # Rows ----------------------------------------------------------------------------

    def _add(self, table: str, **row: str) -> None:
        self.rows.setdefault(table, []).append(row)

    def _number(self) -> str:
        self.last += 1
        return str(self.last)

    def _title(self, code: str) -> str:
        title = their_title(code, self.taken)
        self.taken.add(title)
        return title

    def _add_question(
        self, of: tuple[str, str], title: str, mandatory: str, relevance: str
    ) -> str:
        letter, theme = of
        qid = self._number()
        self._add(
            "questions",
            **self._place(qid, "0", letter, title),
            mandatory=mandatory,
            relevance=relevance,
            question_theme_name=theme,
        )
        return qid

    def _place(self, qid: str, parent: str, letter: str, title: str) -> Row:
        return {
            "qid": qid,
            "parent_qid": parent,
            "sid": self.sid,
            "gid": str(self.group),
            "type": letter,
            "title": title,
            "preg": "",
            "other": "N",
            "encrypted": "N",
            # Rows stand in the order in which they were numbered.
            "question_order": qid,
            "scale_id": "0",
            "same_default": "0",
            "same_script": "0",
        }

    def _add_words(self, qid: str, text: Text, help_of: Question | None = None) -> None:
        for language, theirs in self.languages.items():
            self._add(
                "question_l10ns",
                id=self._number(),
                qid=qid,
                question=said(text, language),
                help=help_text(help_of, language) if help_of else "",
                script="",
                language=theirs,
            )

    def _add_boxes(
        self, parent: str, options: Iterable[Option], codes: Mapping[Value, str]
    ) -> None:
        for option in options:
            qid = self._number()
            place = self._place(qid, parent, "T", codes[option.value])
            self._add("subquestions", **place, mandatory="N", relevance="1")
            self._add_words(qid, option.text)

    def _add_answers(self, qid: str, texts: Mapping[str, Text]) -> None:
        for order, (code, text) in enumerate(texts.items()):
            aid = self._number()
            self._add(
                "answers",
                aid=aid,
                qid=qid,
                code=code,
                sortorder=str(order),
                assessment_value="0",
                scale_id="0",
            )
            for language, theirs in self.languages.items():
                self._add(
                    "answer_l10ns",
                    id=self._number(),
                    aid=aid,
                    answer=said(text, language),
                    language=theirs,
                )

    def _add_attributes(self, qid: str, attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            self._add(
                "question_attributes",
                qid=qid,
                attribute=name,
                value=value,
                language="",
            )

    def tables(self) -> Mapping[str, list[Row]]:
        own, languages = self.questionnaire, tuple(self.languages.values())
        settings = {
            "sid": self.sid,
            **SETTINGS,
            "language": languages[0],
            "additional_languages": " ".join(languages[1:]),
        }
        titles = [
            {
                "surveyls_survey_id": self.sid,
                "surveyls_language": theirs,
                "surveyls_title": heading(own.title, language),
                "surveyls_description": "",
                "surveyls_welcometext": "",
                "surveyls_endtext": "",
                # Day, month, year; a comma before decimals.
                "surveyls_dateformat": "5",
                "surveyls_numberformat": "1",
            }
            for language, theirs in self.languages.items()
        ]
        # LimeSurvey passes over a table that it does not know.
        head = {
            "code": own.code,
            "version": own.version,
            "source": clean(own.source),
            "licence": clean(own.licence),
            "languages": " ".join(own.languages),
        }
        return {
            **{name: self.rows.get(name, []) for name in _TABLES},
            "surveys": [settings],
            "surveys_languagesettings": titles,
            "trede": [head],
        }
