"""The words of a pilot's letters: what they say, in which language, and since when."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch, seen
from trede.contact import letter_writing
from trede.contact.letter_text_forms import DutchForm, TranslationForm
from trede.contact.letter_texts import WORDINGS, OneText
from trede.contact.letter_writing import field_of
from trede.contact.models import LetterText
from trede.documents.translated import ORIGINAL, Words, missing
from trede.languages import LANGUAGES, is_known, language_of
from trede.people.words_told import told
from trede.pilots.models import Pilot


def letter_texts(request: StaffRequest) -> HttpResponse:
    pilots = seen(request, Pilot.objects.all()).order_by("-pk")
    context = {
        "pilots": [
            (one, [_line(OneText(one, each, ORIGINAL)) for each in WORDINGS.values()])
            for one in pilots
        ]
    }
    return render(request, "contact/letter_texts.html", context)


def letter_text(
    request: StaffRequest, pilot_id: int, letter: str, language: str
) -> HttpResponse:
    text = _text(request, pilot_id, letter, language)
    form = _form(request, text)
    if form.is_valid():
        done = attempt(form, lambda: _done(request, text, form))
        if done is not None:
            return done
    return render(request, "contact/letter_text.html", _shown(text, form))


def letter_text_shipped(
    request: StaffRequest, pilot_id: int, letter: str, language: str
) -> HttpResponse:
    text = _text(request, pilot_id, letter, language)
    letter_writing.back_to_shipped(text=text, by=request.actor, at=request.at)
    messages.success(request, _("The words are those of Trede again."))
    return _to(text)


def _done(
    request: StaffRequest, text: OneText, form: DutchForm | TranslationForm
) -> HttpResponse:
    """Kept; or looked at first, without keeping anything."""
    by, at, written = request.actor, request.at, form.written()
    if "preview" in request.POST:
        pdf = letter_writing.preview(text=text, written=written, by=by, at=at)
        return HttpResponse(pdf, content_type="application/pdf")
    letter_writing.keep(text=text, written=written, by=by, at=at)
    messages.success(request, _("Kept. What is made from now on says this."))
    return _to(text)


def _text(request: StaffRequest, pilot_id: int, letter: str, language: str) -> OneText:
    pilot = fetch(request, Pilot.objects.select_related("municipality"), pilot_id)
    if letter not in WORDINGS or not is_known(language):
        raise Http404
    return OneText(pilot, WORDINGS[letter], language)


def _form(request: StaffRequest, text: OneText) -> DutchForm | TranslationForm:
    given, now, shipped = request.POST or None, text.now(), text.shipped()
    older = _older(request, text)
    if text.language == ORIGINAL:
        said = {**shipped, **older.words} if older else vars(now.dutch)
        return DutchForm(given, shipped=shipped, initial=said)
    words = now.known.get(text.language, Words(text.language, {}))
    if older:
        words = Words(text.language, older.words)
    dutch = _sentences(now.dutch)
    there = {field_of(one): words.of(one) for one in dutch}
    vouched = {"status": words.status, "vouched_by": words.vouched_by}
    return TranslationForm(
        given, dutch=dutch, language=text.language, initial=there | vouched
    )


def _older(request: StaffRequest, text: OneText) -> LetterText | None:
    """A version to look at, and perhaps to keep again."""
    number = request.GET.get("version", "")
    return text.versions().filter(pk=number).first() if number.isdecimal() else None


def _sentences(dutch: object) -> tuple[str, ...]:
    """What has to be translated, each once, in the order of the letter."""
    return tuple(dict.fromkeys(missing(dutch, Words("", {}))))


def _shown(text: OneText, form: DutchForm | TranslationForm) -> dict[str, object]:
    said, last = text.now().said(text.language), text.newest()
    chips = [
        {
            "label": one.own_name,
            "url": _address(text, one.code),
            "current": one.code == text.language,
        }
        for one in LANGUAGES
    ]
    return {
        "pilot": text.pilot,
        "letter": text.letter,
        "name": text.letter.title,
        "is_printed": text.letter.specimen is not None,
        "language": language_of(text.language),
        "languages": chips,
        "form": form,
        "told": told(
            text.language,
            used=said.language,
            status=said.status,
            vouched_by=said.vouched_by,
            why=said.why,
        ),
        "versions": text.versions().select_related("written_by"),
        "is_own": last is not None and bool(last.words),
    }


def _line(text: OneText) -> dict[str, object]:
    """In how many languages it goes out, and since when it is the pilot's own."""
    now, last = text.now(), text.newest()
    return {
        "name": text.letter.title,
        "number": text.letter.number,
        "url": _address(text, ORIGINAL),
        "own": last if last and last.words else None,
        "lacking": [
            one.own_name for one in LANGUAGES if now.said(one.code).language != one.code
        ],
    }


def _address(text: OneText, language: str) -> str:
    where = [text.pilot.pk, text.letter.code, language]
    return reverse("contact:letter_text", args=where)


def _to(text: OneText) -> HttpResponse:
    return redirect(_address(text, text.language))
