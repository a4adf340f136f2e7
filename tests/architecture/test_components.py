"""The components say to a screen reader what they show, and trust nothing they get."""

import re
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().get("/people/?quarter=east&page=2")
    request.user = AnonymousUser()
    return request


def _render(source: str, request: HttpRequest | None = None, **context: Any) -> str:
    compiled = CottonCompiler().process(source)
    return engines["django"].from_string(compiled).render(context, request)


class Conversation(forms.Form):
    about = forms.CharField(help_text="In a few words.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    place = forms.ChoiceField(
        choices=[("home", "At home"), ("walk", "A walk")], widget=forms.RadioSelect
    )


def _field(html: str, name: str) -> str:
    match = re.search(rf"<[a-z]+[^>]*\bname=\"{name}\"[^>]*>", html)
    assert match, f"no field {name}"
    return match.group()


def test_a_field_points_at_its_hint_and_at_its_error() -> None:
    html = str(Conversation({}))
    described = re.search(r'aria-describedby="([^"]+)"', _field(html, "about"))
    assert described
    assert 'aria-invalid="true"' in _field(html, "about")
    for name in described.group(1).split():
        assert html.count(f'id="{name}"') == 1


def test_a_group_of_options_has_a_legend_and_carries_its_error() -> None:
    html = str(Conversation({}))
    fieldset = re.search(r"<fieldset[^>]*aria-describedby=\"([^\"]+)\"", html)
    assert fieldset
    assert f'id="{fieldset.group(1)}"' in html
    assert '<legend class="field__label">Place' in html


def test_the_error_summary_links_to_fields_that_exist() -> None:
    html = str(Conversation({}))
    targets = re.findall(r'<a href="#([^"]+)">', html)
    assert targets == ["id_about", "id_place_0"]
    for target in targets:
        assert html.count(f'id="{target}"') == 1


def test_a_form_without_errors_has_no_error_summary() -> None:
    assert "error-summary" not in str(Conversation())


def test_only_what_may_be_left_out_says_so() -> None:
    html = str(Conversation())
    assert html.count("(optional)") == 1
    assert html.index("(optional)") > html.index("Note")


def test_what_somebody_typed_comes_back_as_text_and_not_as_html() -> None:
    html = str(Conversation({"about": '"><script>x</script>', "note": "</textarea>"}))
    assert "<script>" not in html
    assert html.count("</textarea>") == 1


@pytest.mark.parametrize("component", ["line", "moment", "page-title", "notice"])
def test_a_name_with_angle_brackets_stays_a_name(component: str) -> None:
    html = _render(
        f'<c-{component} name="{{{{ name }}}}" title="{{{{ name }}}}" :on="on" />',
        name="<b>Nadia</b>",
        on=None,
    )
    assert "<b>" not in html
    assert "&lt;b&gt;Nadia" in html


def test_a_component_does_not_take_over_words_of_the_page_round_it() -> None:
    html = _render("<c-notice>Saved</c-notice>", title="A page title", act="Delete")
    assert "A page title" not in html
    assert "Delete" not in html


def _asked_for(parts: list[dict[str, Any]]) -> list[float]:
    # In Dutch, where a careless template would write 41,5.
    with translation.override("nl"):
        html = _render('<c-bar :parts="parts" />', parts=parts)
    return [
        float(width) for width in re.findall(r'width="([^"%]+)%" height="10"', html)
    ]


def test_the_parts_of_a_bar_ask_for_width_in_proportion() -> None:
    parts = [{"n": 501, "key": "b"}, {"n": 0, "key": "c"}, {"n": 6, "key": "d"}]
    assert _asked_for(parts) == [5010, 60]


@pytest.mark.parametrize("parts", [[{"n": 41.5}, {"n": 58.5}], [{"n": 1}, {"n": 2}]])
def test_the_parts_of_a_bar_together_ask_for_all_there_is(
    parts: list[dict[str, float]],
) -> None:
    widths = _asked_for(parts)
    assert sum(widths) >= 100
    assert widths[0] / widths[1] == pytest.approx(parts[0]["n"] / parts[1]["n"])


@pytest.mark.parametrize(
    ("value", "lit", "over"), [(0, 0, 0), (13, 13, 0), (17, 15, 2)]
)
def test_the_caseload_shows_a_cell_for_each_place_and_what_is_too_much(
    value: int, lit: int, over: int
) -> None:
    html = _render(
        '<c-meter :value="value" :low="10" :high="15" label="x" />', value=value
    )
    assert html.count('class="lit') == lit
    assert html.count('class="over"') == over
    assert html.count(" agreed") == 6


def test_paging_keeps_the_filter_that_stands_in_the_address(
    request_: HttpRequest,
) -> None:
    page = Paginator(range(68), 10).page(2)
    text = _render('<c-pagination :page="page" />', request_, page=page)
    assert "?quarter=east&amp;page=3" in text
    assert "11 to 20 of 68" in text


def test_the_page_for_a_broken_server_needs_nothing() -> None:
    html = render_to_string("500.html")
    assert "Something went wrong in Trede" in html
    assert "<h1" in html
