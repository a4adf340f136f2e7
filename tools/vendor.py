"""Copies what Trede takes from npm into the repository: `make vendor`.

Reads `frontend/node_modules`, writes stylesheets and fonts to `trede/static/vendor`,
the icons and the pictures beside answers to a sprite each, and the fonts for PDF to
`trede/documents/fonts`. Every copy stands in `VENDOR.json` with its package, version,
licence and hash; `tests/architecture/test_vendor.py` compares them. The copies are
committed, so running and testing Trede needs no npm.
"""

import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "frontend" / "node_modules"
PRODUCT = ROOT / "trede"
STATIC = PRODUCT / "static"
VENDOR = STATIC / "vendor"
PDF_FONTS = PRODUCT / "documents" / "fonts"

THEME = "@nl-design-system-unstable/voorbeeld-design-tokens"
UTRECHT = "@utrecht/component-library-css"
CANDIDATES = ("button", "link", "heading", "paragraph", "skip-link", "data-badge")
TABLER = "@tabler/icons"

# Subsets per script. On the web a browser fetches only what a page uses; a PDF has one
# file per script, and Typst refuses a letter with a glyph that is missing: hence the
# wider reach there (a name may be Vietnamese, Ukrainian or Greek).
WEB_FONTS = {
    "noto-sans": ("latin", "latin-ext", "cyrillic", "cyrillic-ext"),
    "noto-sans-arabic": ("arabic",),
    "noto-sans-ethiopic": ("ethiopic",),
}
DOCUMENT_FONTS = {
    "noto-sans": (*WEB_FONTS["noto-sans"], "vietnamese", "greek"),
    "noto-sans-arabic": ("arabic",),
    "noto-sans-ethiopic": ("ethiopic",),
}
FAMILIES = {
    "noto-sans": "Noto Sans",
    "noto-sans-arabic": "Noto Sans Arabic",
    "noto-sans-ethiopic": "Noto Sans Ethiopic",
}
WEIGHTS = {"Regular": 400, "Bold": 700}

# The outline shapes of Tabler that a screen uses, and the filled ones.
ICONS = tuple((ROOT / "frontend" / "icons.txt").read_text("utf-8").split())
FILLED = {"player-play", "player-pause", "player-stop"}
# Beside answers: our name for a picture and that of its shape at Tabler. What Tabler
# has no shape for is drawn in the same line, in `frontend/pictures`.
PICTURES = dict(
    line.split()
    for line in (ROOT / "frontend" / "pictures.txt").read_text("utf-8").splitlines()
)
DRAWN = ROOT / "frontend" / "pictures"

Manifest = dict[str, dict[str, object]]


def main() -> None:
    if not MODULES.is_dir():
        sys.exit("No frontend/node_modules. Run: npm install --prefix frontend")
    for folder in (VENDOR, PDF_FONTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    copied = {
        **copy_stylesheets(),
        **copy_web_fonts(),
        **build_sprite(),
    }
    for package, files in build_document_fonts().items():
        copied[package] = [*copied[package], *files]
    manifest = {name: describe(name, files) for name, files in sorted(copied.items())}
    (VENDOR / "VENDOR.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    print(f"{len(manifest)} packages, {sum(map(len, copied.values()))} files")


def copy_stylesheets() -> dict[str, list[Path]]:
    theme = write_css(VENDOR / "theme.css", [MODULES / THEME / "dist" / "theme.css"])
    utrecht = write_css(VENDOR / "utrecht.css", [MODULES / UTRECHT / "dist/index.css"])
    scope = MODULES / "@nl-design-system-candidate"
    parts = [scope / f"{name}-css/dist/{name}.css" for name in CANDIDATES]
    joined = write_css(VENDOR / "nl.css", parts)
    return {THEME: [theme], UTRECHT: [utrecht]} | {
        f"@nl-design-system-candidate/{name}-css": [joined] for name in CANDIDATES
    }


def write_css(target: Path, sources: list[Path]) -> Path:
    text = "\n".join(source.read_text("utf-8") for source in sources)
    # A pointer to a source map that is not copied would break the static manifest.
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/\n?", "", text)
    target.write_text(text, "utf-8")
    return target


def copy_web_fonts() -> dict[str, list[Path]]:
    copied: dict[str, list[Path]] = {}
    (VENDOR / "fonts").mkdir()
    for font, subsets in WEB_FONTS.items():
        package = f"@fontsource-variable/{font}"
        copied[package] = []
        for subset in subsets:
            name = f"{font}-{subset}-wght-normal.woff2"
            shutil.copy(MODULES / package / "files" / name, VENDOR / "fonts" / name)
            copied[package].append(VENDOR / "fonts" / name)
    return copied


def build_sprite() -> dict[str, list[Path]]:
    icons = [symbol(f"i-{name}", shape_of(name)) for name in sorted(ICONS)]
    pictures = {name: shape_of(shape) for name, shape in PICTURES.items()}
    pictures |= {path.stem: path for path in DRAWN.glob("*.svg")}
    beside = [symbol(f"p-{name}", pictures[name]) for name in sorted(pictures)]
    return {
        TABLER: [
            write_sprite(STATIC / "icons.svg", icons),
            write_sprite(STATIC / "pictures.svg", beside),
        ]
    }


def write_sprite(target: Path, symbols: list[str]) -> Path:
    lines = ['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>", ""]
    target.write_text("\n".join(lines), "utf-8")
    return target


def shape_of(name: str) -> Path:
    style = "filled" if name in FILLED else "outline"
    return MODULES / TABLER / "icons" / style / f"{name}.svg"


def symbol(name: str, shape: Path) -> str:
    svg = shape.read_text("utf-8")
    body = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    shapes = "".join(line.strip() for line in body.splitlines())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def build_document_fonts() -> dict[str, list[Path]]:
    """Typst reads TTF only, and one file per family and weight: cut and join them."""
    built: dict[str, list[Path]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for font, subsets in DOCUMENT_FONTS.items():
            package = f"@fontsource-variable/{font}"
            built[package] = []
            for style, weight in WEIGHTS.items():
                parts = [cut(font, subset, weight, Path(folder)) for subset in subsets]
                joined = Merger().merge([str(part) for part in parts])
                target = PDF_FONTS / f"{FAMILIES[font].replace(' ', '')}-{style}.ttf"
                name_font(joined, family=FAMILIES[font], style=style, weight=weight)
                joined.save(target)
                built[package].append(target)
    return built


def cut(font: str, subset: str, weight: int, folder: Path) -> Path:
    source = MODULES / f"@fontsource-variable/{font}/files"
    variable = TTFont(source / f"{font}-{subset}-wght-normal.woff2")
    variable.flavor = None
    instancer.instantiateVariableFont(variable, {"wght": weight}, inplace=True)
    target = folder / f"{font}-{subset}-{weight}.ttf"
    variable.save(target)
    return target


def name_font(joined: TTFont, *, family: str, style: str, weight: int) -> None:
    bold = style == "Bold"
    for number, value in {
        1: family,
        2: style,
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
    }.items():
        joined["name"].setName(value, number, 3, 1, 0x409)
    joined["OS/2"].usWeightClass = weight
    joined["OS/2"].fsSelection = 0b100000 if bold else 0b1000000
    joined["head"].macStyle = 1 if bold else 0
    # No moment of building, so that building twice gives the same bytes.
    joined["head"].created = joined["head"].modified = 0
    joined.recalcTimestamp = False
    if "STAT" in joined:
        del joined["STAT"]


def describe(package: str, files: list[Path]) -> dict[str, object]:
    about = json.loads((MODULES / package / "package.json").read_text("utf-8"))
    return {
        "version": about["version"],
        "licence": about["license"],
        "licence_text": copy_licence(package),
        "files": {str(file.relative_to(PRODUCT)): sha256(file) for file in files},
    }


def copy_licence(package: str) -> str:
    (VENDOR / "licences").mkdir(exist_ok=True)
    found = sorted((MODULES / package).glob("LICEN[CS]E*"))
    if not found:
        sys.exit(f"{package} has no licence text: do not vendor it.")
    name = package.lstrip("@").replace("/", "-") + ".txt"
    shutil.copy(found[0], VENDOR / "licences" / name)
    if "fontsource" in package:
        shutil.copy(found[0], PDF_FONTS / f"OFL-{package.rsplit('/', 1)[1]}.txt")
    return str((VENDOR / "licences" / name).relative_to(PRODUCT))


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
