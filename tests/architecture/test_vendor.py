"""What comes from others is here, unchanged, with its licence, and calls nobody."""

import hashlib
import json
import re
from pathlib import Path

import pytest
import typst

import trede

PRODUCT = Path(trede.__file__).parent
STATIC = PRODUCT / "static"
VENDOR = STATIC / "vendor"
PDF_FONTS = PRODUCT / "documents" / "fonts"
MANIFEST = json.loads((VENDOR / "VENDOR.json").read_text("utf-8"))
FREE_LICENCES = {"EUPL-1.2", "MIT", "OFL-1.1"}
STYLESHEETS = sorted(STATIC.rglob("*.css"))
OURS = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted(PRODUCT.rglob("templates/**/*.html"))


def _listed() -> dict[str, str]:
    return {
        path: digest
        for package in MANIFEST.values()
        for path, digest in package["files"].items()
    }


def _names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(PRODUCT)) for path in paths]


@pytest.mark.parametrize("path", sorted(_listed()))
def test_every_copy_is_the_one_that_was_vendored(path: str) -> None:
    copy = PRODUCT / path
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == _listed()[path]


def test_nothing_lies_among_the_copies_that_the_manifest_does_not_name() -> None:
    texts = {package["licence_text"] for package in MANIFEST.values()}
    found = {
        str(path.relative_to(PRODUCT))
        for folder in (VENDOR, PDF_FONTS)
        for path in folder.rglob("*")
        if path.is_file() and path.name != "VENDOR.json"
    }
    loose = {path for path in found if not path.startswith("documents/fonts/OFL-")}
    assert loose - texts - set(_listed()) == set()


@pytest.mark.parametrize("package", sorted(MANIFEST))
def test_every_package_has_a_version_and_a_free_licence_with_its_text(
    package: str,
) -> None:
    entry = MANIFEST[package]
    assert re.fullmatch(r"\d+\.\d+\.\d+", entry["version"])
    assert entry["licence"] in FREE_LICENCES
    assert len((PRODUCT / entry["licence_text"]).read_text("utf-8")) > 500


def test_every_font_for_paper_lies_beside_its_licence() -> None:
    licences = {path.stem.removeprefix("OFL-") for path in PDF_FONTS.glob("OFL-*.txt")}
    families = {path.stem.rsplit("-", 1)[0] for path in PDF_FONTS.glob("*.ttf")}
    assert {name.replace("-", "") for name in licences} == {
        family.lower() for family in families
    }


@pytest.mark.parametrize("path", STYLESHEETS, ids=_names(STYLESHEETS))
def test_no_stylesheet_fetches_anything_from_elsewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    for target in re.findall(r"url\(\s*['\"]?([^'\")]+)", text):
        assert target.startswith("data:") or (path.parent / target).is_file(), target
    assert not re.findall(r"@import|sourceMappingURL", text)


@pytest.mark.parametrize("path", OURS, ids=_names(OURS))
def test_our_stylesheets_name_no_colour_and_no_side(path: Path) -> None:
    """Colours are the theme's; left and right are the script's."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", text)
    sided = r"(?:margin|padding|border)-(?:left|right)|(?:^|[\s{;])(?:left|right)\s*:"
    assert not re.findall(sided, text)
    assert len(text.splitlines()) <= 400


@pytest.mark.parametrize("path", TEMPLATES, ids=_names(TEMPLATES))
def test_no_template_breaks_the_content_security_policy(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.findall(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.findall(r"(?:src|href)=['\"](?:https?:)?//", text)


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (STATIC / "icons.svg").read_text("utf-8")
    known = set(re.findall(r'id="i-([a-z0-9-]+)"', sprite))
    named = re.compile(
        r"<c-icon name=\"([a-z0-9-]+)\""
        r"|\bicon(?:-end)?=\"([a-z0-9-]+)\""
        r"|#i-([a-z0-9-]+)"
    )
    used = {
        name
        for path in TEMPLATES
        for match in named.findall(path.read_text("utf-8"))
        for name in match
        if name
    }
    assert used
    assert used - known == set()


@pytest.mark.parametrize(
    ("language", "direction", "words"),
    [
        ("nl", "ltr", "Beste mevrouw Van ’t Hoff, één kop koffie voor € 2,50?"),
        ("tr", "ltr", "Değerli Yıldız Hanım, ığüşöç İstanbul"),
        ("ar", "rtl", "مرحبا، كيف هي صحة جسمك؟"),
        ("ti", "ltr", "ሰላም፣ ከመይ ኣሎ ጥዕናኹም፧"),
        ("vi", "ltr", "Nguyễn Thị Hương"),
        ("uk", "ltr", "Юлія Ґудзь"),
        ("el", "ltr", "Ελένη Παπαδοπούλου"),
    ],
)
def test_the_fonts_for_paper_carry_the_languages_of_the_people(
    language: str, direction: str, words: str, tmp_path: Path
) -> None:
    """Under PDF/UA Typst refuses a letter in which one glyph is missing."""
    source = tmp_path / "letter.typ"
    source.write_text(
        f"""
        #set document(title: "Proef")
        #set text(
          font: ("Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic"),
          lang: "{language}", dir: {direction}, fallback: false,
        )
        #"{words}" *#"{words}"*
        """,
        "utf-8",
    )
    pdf = typst.compile(
        str(source),
        font_paths=[str(PDF_FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    assert pdf.startswith(b"%PDF")
