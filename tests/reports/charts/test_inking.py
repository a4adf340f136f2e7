"""Every look is known to the screen and to paper, in enough contrast."""

import re
import xml.etree.ElementTree as Tree
from pathlib import Path

import pytest
from django.template.loader import render_to_string

import trede
from trede.reports.drawing import Picture, as_svg
from trede.reports.inking import EDGED, FILLS, LINES
from trede.studies.shapes import (
    Shape,
    circle,
    line,
    polygon,
    polyline,
    ribbon,
)

CSS = (Path(trede.__file__).parent / "static/css/charts.css").read_text()


def drawn(*shapes: Shape) -> Picture:
    return Picture(100, shapes, "What it shows")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("look", sorted({*FILLS, *LINES, *EDGED}))
def test_a_look_on_paper_is_a_look_on_screen(look: str) -> None:
    assert re.search(rf"\.figure .*\.{look}\b", CSS)


@pytest.mark.parametrize("look", ["axis", "zero", "cut", "thin", "thick", "thick2"])
def test_a_line_stands_out_on_paper(look: str) -> None:
    assert 1.05 / (luminance(LINES[look][0]) + 0.05) >= 3


@pytest.mark.parametrize("look", sorted(EDGED))
def test_an_area_with_an_edge_stands_out_on_paper(look: str) -> None:
    assert 1.05 / (luminance(EDGED[look][1]) + 0.05) >= 3


def test_the_svg_for_paper_is_whole_and_says_what_it_shows() -> None:
    shapes = (
        line("thick2", 0, 0, 10, 10),
        polyline("thick", ((0, 0), (5, 5), (9, 0))),
        polygon("h5", ((0, 0), (5, 5), (9, 0))),
        circle("ring", 20, 20, 5),
        ribbon("h3 see", 0, 50, (0, 10), (30, 40)),
        Shape("n2 edged", 1, 2, 3, 4),
        Shape("q end", 1, 2, text="a < b & c"),
    )
    root = Tree.fromstring(as_svg(drawn(*shapes)))
    title, ground, *found = list(root)
    assert (title.text, ground.get("fill")) == ("What it shows", "#ffffff")
    assert len(found) == len(shapes)
    assert found[-1].text == "a < b & c" and found[-1].get("text-anchor") == "end"
    assert "NaN" not in as_svg(drawn(*shapes))


def test_two_pictures_on_a_page_each_have_their_own_hatch() -> None:
    pictures = [drawn(Shape("hatched", at, 0, 5, 5)) for at in (0, 10)]
    names = [re.findall(r'id="(hatch-\w+)"', as_svg(one)) for one in pictures]
    assert [len(found) for found in names] == [1, 1] and names[0] != names[1]
    for picture, (name,) in zip(pictures, names, strict=True):
        assert f"url(#{name})" in as_svg(picture)


def test_a_picture_that_hides_nothing_has_no_hatch() -> None:
    assert "hatch" not in as_svg(drawn(circle("dot", 5, 5, 2)))


def test_the_screen_draws_the_narrow_one_beside_the_wide_one() -> None:
    narrow = Picture(50, (circle("dot", 1, 1, 1),), "Told", 340)
    wide = Picture(100, (circle("dot", 1, 1, 1),), "Told", 740, narrow)
    told = render_to_string("reports/figure.html", {"picture": wide, "id": "x"})
    classes = re.findall(r'<svg class="([^"]+)" viewBox="([^"]+)"', told)
    assert classes == [
        ("figure figure--wide", "0 0 740 100"),
        ("figure figure--narrow", "0 0 340 50"),
    ]
    ids = re.findall(r' id="([^"]+)"', told)
    assert len(ids) == len(set(ids))


def test_a_picture_without_a_narrow_one_is_drawn_once() -> None:
    told = render_to_string(
        "reports/figure.html", {"picture": drawn(line("zero", 0, 0, 1, 1)), "id": "x"}
    )
    assert told.count("<svg") == 1 and 'class="figure"' in told
