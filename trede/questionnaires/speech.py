"""Words spoken by this server, for languages that the speech program can speak.

The program (espeak-ng, and opusenc to make the sound small) stands beside Trede and may
be absent: then nothing is spoken here. It is given words of questionnaires only, on
its input, never in its command. What it said once is kept as a file named after the
words, so that two processes at once make the same file and neither waits.
"""

import hashlib
import logging
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)
PROGRAM, ENCODER = "espeak-ng", "opusenc"
PATIENCE = 20  # seconds
# Slower than the 175 words a minute of the program: these words are new to who listens.
WORDS_A_MINUTE = "140"
WAV, OPUS = "audio/wav", "audio/ogg"
_ENDINGS = {WAV: ".wav", OPUS: ".opus"}


class SpeechFailed(Exception):
    """The speech program is there and did not do its work."""


@cache
def voices() -> frozenset[str]:
    """What can be spoken here; found once, when a process first wants to know."""
    if shutil.which(PROGRAM) is None:
        return frozenset()
    try:
        lines = _run([PROGRAM, "--voices"]).decode().splitlines()[1:]
    except SpeechFailed:
        logger.warning("The speech program is there and does not work.")
        return frozenset()
    return frozenset(line.split()[1] for line in lines if line.strip())


@cache
def edition() -> str:
    """Another version of the program, or of how it is asked, makes another sound."""
    said = _run([PROGRAM, "--version"]).decode().split("  ")[0]
    return f"{said} {WORDS_A_MINUTE}"


def name_of(words: str, voice: str) -> str:
    """Of the sound of these words: the same words give the same name."""
    return hashlib.sha256("\0".join((voice, edition(), words)).encode()).hexdigest()


def speak(words: str, voice: str, media_type: str) -> Path:
    """The file with these words spoken, made when it is not there yet."""
    file = _folder() / f"{name_of(words, voice)}{_ENDINGS[media_type]}"
    if not file.exists():
        ask = [PROGRAM, "-v", voice, "-s", WORDS_A_MINUTE, "--stdin", "--stdout"]
        sound = _run(ask, words.encode())
        if media_type == OPUS:
            sound = _run([ENCODER, "--quiet", "--bitrate", "32", "-", "-"], sound)
        _put(file, sound)
    return file


def best_type() -> str:
    """Small where the encoder is there."""
    return OPUS if shutil.which(ENCODER) else WAV


def _folder() -> Path:
    folder = Path(settings.VAR) / "speech"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _put(file: Path, content: bytes) -> None:
    """All at once: nobody ever reads half a sound."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(file)


def _run(command: list[str], given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, check=True, timeout=PATIENCE
        )
    except (OSError, subprocess.SubprocessError) as problem:
        raise SpeechFailed(f"{command[0]} did not speak") from problem
    return done.stdout
