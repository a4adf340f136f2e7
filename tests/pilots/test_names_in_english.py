"""A name of the pilot's own, in the language of who reads."""

from django.utils import translation

from trede.pilots.study_rules import Choice

BOTH = Choice(code="week", label="De week", label_en="The week")
DUTCH = Choice(code="week", label="De week")


def test_who_reads_english_reads_the_english_name():
    with translation.override("en"):
        assert BOTH.said == "The week"
        assert DUTCH.said == "De week"
    with translation.override("nl"):
        assert BOTH.said == "De week"


def test_without_a_language_it_is_the_name_as_it_was_written():
    with translation.override(None):
        assert BOTH.said == "De week"
