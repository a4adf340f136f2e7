"""Join the Dutch texts of every app into one catalogue, and check that all are whole.

Each app keeps its own part (`trede/locale/nl/LC_MESSAGES/parts/<app>.po`), so that two
people can work on texts at once; the catalogue that Django reads is made from them and
committed, so that running Trede needs no gettext. `--check` fails on a text without
Dutch, a fuzzy one, two Dutch words for one text, a Dutch text that nothing asks for,
or a catalogue that is older than its parts.

What stands on the pages for participants is there in every language of
`trede/languages.py`, one catalogue each; `participant_texts` knows what that
is.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib
from participant_texts import languages, participant_files, what_is_wrong

ROOT = Path(__file__).resolve().parent.parent
DUTCH = ROOT / "trede" / "locale" / "nl" / "LC_MESSAGES"
Key = tuple[str, str | None]


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgid, entry.msgctxt


def dutch_of(entry: polib.POEntry) -> tuple[str, ...]:
    if entry.msgid_plural:
        return tuple(text for _, text in sorted(entry.msgstr_plural.items()))
    return (entry.msgstr,)


def joined() -> tuple[polib.POFile, list[str]]:
    catalogue: dict[Key, polib.POEntry] = {}
    problems: list[str] = []
    for part in sorted((DUTCH / "parts").glob("*.po")):
        for entry in polib.pofile(str(part)):
            known = catalogue.setdefault(key_of(entry), entry)
            if dutch_of(known) != dutch_of(entry):
                problems.append(
                    f"{part.name}: two Dutch texts for {entry.msgid!r}:"
                    f" {dutch_of(known)} and {dutch_of(entry)}"
                )
            if not all(dutch_of(entry)):
                problems.append(f"{part.name}: no Dutch for {entry.msgid!r}")
            if entry.fuzzy:
                problems.append(f"{part.name}: {entry.msgid!r} is fuzzy")
    return as_file(catalogue), problems


def as_file(entries: dict[Key, polib.POEntry]) -> polib.POFile:
    file = polib.POFile(wrapwidth=88)
    file.metadata = {
        "Language": "nl",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for _, entry in sorted(
        entries.items(), key=lambda pair: (pair[0][0], pair[0][1] or "")
    ):
        entry.occurrences, entry.comment, entry.tcomment = [], "", ""
        file.append(entry)
    return file


def asked_for(files: Iterable[Path]) -> polib.POFile:
    """The texts that these files ask for, found by Django's own extraction."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "trede"
        for file in files:
            target = copy / file.relative_to(ROOT / "trede")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
        (copy / "locale").mkdir()
        command = ["makemessages", "-l", "nl", "--no-location", "-v", "0"]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": ""}
        subprocess.run(
            [sys.executable, "-m", "django", *command],
            cwd=copy,
            check=True,
            env=environment,
        )
        return polib.pofile(str(copy / "locale" / "nl" / "LC_MESSAGES" / "django.po"))


def all_files() -> Iterable[Path]:
    for pattern in ("*.py", "*.html", "*.txt"):
        yield from (ROOT / "trede").rglob(pattern)


def compare(catalogue: polib.POFile) -> list[str]:
    known = {key_of(entry) for entry in catalogue}
    asked = {key_of(entry) for entry in asked_for(all_files()) if not entry.obsolete}
    missing = [
        f"no Dutch for {msgid!r} ({context})" for msgid, context in asked - known
    ]
    unused = [
        f"nothing asks for {msgid!r} ({context})" for msgid, context in known - asked
    ]
    return sorted(missing) + sorted(unused)


def other_languages(dutch: polib.POFile, *, check: bool) -> list[str]:
    """The pages for participants in every other language that we have."""
    asked = list(asked_for(participant_files()))
    problems = []
    for language in languages():
        folder = ROOT / "trede" / "locale" / language / "LC_MESSAGES"
        made = polib.pofile(str(folder / "django.po"), wrapwidth=88)
        problems += what_is_wrong(language, made, asked, dutch)
        compiled = folder / "django.mo"
        if not check:
            made.save_as_mofile(str(compiled))
        elif compiled.read_bytes() != made.to_binary():
            problems.append(f"{language}: django.mo is older than its django.po")
    return problems


def main() -> int:
    check = "--check" in sys.argv
    catalogue, problems = joined()
    if shutil.which("xgettext"):
        problems += compare(catalogue)
        problems += other_languages(catalogue, check=check)
    else:
        print("gettext is not installed: only the parts themselves were compared.")
    target = DUTCH / "django.po"
    if not check:
        catalogue.save(str(target))
        catalogue.save_as_mofile(str(DUTCH / "django.mo"))
    elif not target.exists() or target.read_text(encoding="utf-8") != str(catalogue):
        problems.append("django.po is older than its parts: run `make messages`")
    elif (DUTCH / "django.mo").read_bytes() != catalogue.to_binary():
        problems.append("django.mo is older than django.po: run `make messages`")
    print("\n".join(problems) or f"{len(catalogue)} texts, all with Dutch")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
