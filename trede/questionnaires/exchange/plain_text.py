"""Texts with mark-up and placeholders become the plain words that a person reads.

Other software keeps its questions as pages of a website. Here a text is words and line
ends only: marks are taken off, scripts and pictures are left behind, and what another
program would have filled in is replaced by an ellipsis and reported.
"""

import html
import re
from dataclasses import dataclass, field

FILLED_IN = "…"
# An expression begins right after its brace; "{ so }" is just a brace in a text.
_PLACEHOLDER = re.compile(r"\{(?!\s)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
# What our own files would take for a placeholder, however it was written there.
_OURS = re.compile(r"\{\w+(?:\.\w+)?\}")
# Written as text, and still nothing that a question ever needs to say.
_DANGEROUS = re.compile(
    r"<\s*/?\s*(?:script|style|iframe|object|embed|svg|link|meta)\b[^<>]*>?", re.I
)
_ENDLESS_NUMBER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")
_TAG = re.compile(r"<(?:!--|/?([A-Za-z][A-Za-z0-9]*)|[!?])")
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_MEDIA = frozenset({"img", "audio", "video", "iframe", "object", "embed", "svg"})
_NEW_LINE = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "tr", "table", "hr", "blockquote", "pre"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Plain:
    """The words, what stood in braces, and what else could not become words."""

    words: str
    placeholders: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


def plain(marked: str) -> Plain:
    if not marked or marked.isspace():
        return Plain("")
    placeholders: list[str] = []

    def keep(found: re.Match[str]) -> str:
        placeholders.append(found.group())
        return FILLED_IN

    words = marked.replace("\r", "\n")
    if "{" in words:
        words = _PLACEHOLDER.sub(keep, words)
    reading = _Reading(words)
    words = _CONTROLS.sub("", _DANGEROUS.sub("", reading.words()))
    words = _OURS.sub(keep, words)
    return Plain(tidy(words), tuple(dict.fromkeys(placeholders)), tuple(reading.media))


def tidy(words: str) -> str:
    """One space between words, no empty lines, nothing around it."""
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


@dataclass
class _Reading:
    """Passes over the marks once, from left to right, however badly they are nested.

    Python's own reader takes hours over some texts that were made to be slow.
    """

    text: str
    media: dict[str, None] = field(default_factory=dict)
    _unclosed: set[str] = field(default_factory=set)

    def words(self) -> str:
        # A line end in the mark-up is a space to who reads the page.
        if "<" not in self.text:
            return _decoded(self.text)
        pieces: list[str] = []
        place = 0
        while (tag := _TAG.search(self.text, place)) is not None:
            pieces.append(_decoded(self.text[place : tag.start()]))
            name = (tag.group(1) or "").lower()
            end = self._end_of(tag, name)
            if end is None:
                pieces.append("<")
                place = tag.start() + 1
                continue
            if name in _MEDIA:
                self.media[name] = None
            pieces.append("\n" if name in _NEW_LINE else "")
            place = end
        pieces.append(_decoded(self.text[place:]))
        return "".join(pieces)

    def _end_of(self, tag: re.Match[str], name: str) -> int | None:
        """Where the words go on; nowhere means that it was no tag."""
        if tag.group() == "<!--":
            return self._after("-->", tag.end()) or len(self.text)
        end = self._after_tag(tag.end())
        if end is None or name not in _UNSEEN or tag.group().startswith("</"):
            return end
        closing = re.compile(rf"</{name}\b", re.I).search(self.text, end)
        return len(self.text) if closing is None else self._after_tag(closing.end())

    def _after_tag(self, place: int) -> int | None:
        """Past the closing bracket, which may also stand inside quotes."""
        while (end := self._after(">", place)) is not None:
            quotes = [
                at for sign in "\"'" if (at := self.text.find(sign, place, end)) >= 0
            ]
            if not quotes:
                return end
            closed = self._after(self.text[min(quotes)], min(quotes) + 1)
            if closed is None:
                return end
            place = closed
        return None

    def _after(self, sign: str, place: int) -> int | None:
        """Past the next such sign; once there is none, it is not sought again."""
        if sign in self._unclosed:
            return None
        found = self.text.find(sign, place)
        if found < 0:
            self._unclosed.add(sign)
            return None
        return found + len(sign)


def _decoded(text: str) -> str:
    text = text.replace("\n", " ")
    return html.unescape(_ENDLESS_NUMBER.sub("", text)) if "&" in text else text
