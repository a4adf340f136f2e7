"""Pictures on paper: which grey, which purple and which line each look becomes.

The screen finds the same names in `charts.css`, in the theme's colours. Paper has its
own: enough contrast when it is printed without colour, and one that says withheld.
"""

from html import escape

from trede.studies.shapes import Shape

INK, SOFT, EDGE, HAIR = "#1d1d2b", "#55556a", "#6b6b7b", "#d9d9e3"
PALE, DEEP, ACCENT = "#b79df8", "#3a10a5", "#5b21d6"
# What is filled, from little to much.
FILLS = {
    "h0": "#f6f2ff",
    "h1": "#efe9fe",
    "h2": "#e4dcfd",
    "h3": "#cdbcfb",
    "h4": "#6d3df2",
    "h5": DEEP,
    "c3": HAIR,
    "c4": "#cdbcfb",
    "c5": ACCENT,
    "n1": "#ededf2",
    "n2": "#c9c9d4",
    "n3": EDGE,
    "band": "#e4dcfd",
    "band2": "#ededf2",
    "paper": "#ffffff",
    "dot": ACCENT,
    "full": INK,
}
# Lines: colour, how thick, and dashes if it has them.
LINES = {
    "hair": (HAIR, "1", ""),
    "axis": (EDGE, "1", ""),
    "zero": (INK, "1.25", ""),
    "cut": (ACCENT, "1.5", "4 3"),
    "thin": (INK, "1.5", ""),
    "link": (PALE, "3", ""),
    "thick": (ACCENT, "2.5", ""),
    "thick2": (INK, "2.5", "7 4"),
    "edge": (ACCENT, "1", ""),
    "edge2": (INK, "1", "3 3"),
}
# Areas with an edge: colour inside, colour of the edge, how thick.
EDGED = {
    "diag": ("none", INK, "1.75"),
    "box": ("#ffffff", EDGE, "1"),
    "ring": ("#ffffff", ACCENT, "2"),
    "ring2": ("#ffffff", INK, "2"),
    "up": (ACCENT, ACCENT, "1"),
    "same": ("#ededf2", EDGE, "1"),
    "down": ("#cdbcfb", ACCENT, "1"),
    "hatched": ("url(#{hatch})", EDGE, "1"),
}


def hatching(name: str) -> str:
    """The pattern that says withheld, once in a picture that needs it."""
    return (
        f'<pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><path d="M0 0v7" stroke="{EDGE}"'
        f' stroke-width="1.6"/></pattern>'
    )


def inked(shape: Shape, *, hatch: str) -> str:
    """One shape as SVG for paper; `hatch` is the name of its pattern."""
    if shape.text:
        return _lettered(shape)
    name, *more = shape.look.split()
    look = _coloured(name).replace("{hatch}", hatch)
    look += ' fill-opacity="0.8"' if "see" in more else ""
    look += f' stroke="{EDGE}"' if "edged" in more else ""
    if shape.path:
        return f'<path d="{shape.path}" {look}/>'
    return (
        f'<rect x="{shape.x}" y="{shape.y}" width="{shape.width}"'
        f' height="{shape.height}" rx="2" {look}/>'
    )


def _coloured(name: str) -> str:
    if name in LINES:
        colour, thick, dashes = LINES[name]
        told = f'fill="none" stroke="{colour}" stroke-width="{thick}"'
        return told + (f' stroke-dasharray="{dashes}"' if dashes else "")
    if name in EDGED:
        fill, edge, thick = EDGED[name]
        return f'fill="{fill}" stroke="{edge}" stroke-width="{thick}"'
    return f'fill="{FILLS[name]}"'


def _lettered(shape: Shape) -> str:
    looks = set(shape.look.split())
    colour = "#ffffff" if "inv" in looks else SOFT if "q" in looks else INK
    weight = ' font-weight="bold"' if looks & {"s", "inv"} else ""
    anchor = "middle" if "mid" in looks else "end" if "end" in looks else "start"
    return (
        f'<text x="{shape.x}" y="{shape.y}" fill="{colour}"{weight}'
        f' text-anchor="{anchor}">{escape(shape.text)}</text>'
    )
