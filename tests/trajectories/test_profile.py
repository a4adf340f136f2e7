"""What a coach brings along: who writes it down, and what it is used for."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, employ
from tests.trajectories.making import AFTER, make_candidate, make_trajectory
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.languages import LANGUAGES
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.trajectories.caseload import fitting_coaches
from trede.trajectories.models import CoachProfile
from trede.trajectories.profile import SPOKEN, note_profile, quarters_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
ON = AFTER.date()


def brings(cast: Cast, who: str = "willem", **said) -> CoachProfile:
    wanted = {"languages": [], "manners": [], "quarters": []} | said
    staff = getattr(cast, who)
    return note_profile(staff=staff, **wanted, by=cast.by(who), at=AFTER)


def fits(cast: Cast, pilot: Pilot, **known) -> list[str]:
    person = make_candidate(cast, pilot).person
    for key, value in known.items():
        setattr(person, key, value)
    limits = rules_of(pilot, ON).limits
    found = fitting_coaches(
        person=person, coaches=[cast.sanne, cast.willem], limits=limits, on=ON
    )
    return [one.words for one in found]


def page_for(staff: Staff, of: Staff) -> tuple[Client, str]:
    client = Client()
    client.force_login(staff, BACKEND)
    return client, reverse("trajectories:profile", args=[of.pk])


def test_there_are_words_for_every_language_that_is_not_dutch():
    ours = {one.code for one in LANGUAGES if one.buttons != "nl"}
    assert set(SPOKEN) >= ours


def test_who_speaks_the_language_comes_before_who_has_less_to_do(cast, pilot):
    make_trajectory(cast, pilot, coach=cast.willem)
    brings(cast, languages=["ar"], manners=["calm"])
    assert fits(cast, pilot, language="ar") == [
        "Willem: speaks Arabic, guides 1 of 15, calm, takes time",
        "Sanne: guides 0 of 15",
    ]
    assert fits(cast, pilot, language="tr")[0] == "Sanne: guides 0 of 15"
    brings(cast, languages=["fa"])
    first = fits(cast, pilot, language="prs")[0]
    assert first == "Willem: speaks Farsi or Dari, guides 1 of 15"


def test_whose_quarter_it_is_comes_next(cast, pilot):
    quarter = next(iter(quarters_of(cast.here)))
    make_trajectory(cast, pilot, coach=cast.willem)
    brings(cast, quarters=[quarter])
    first = fits(cast, pilot, quarter=quarter)[0]
    assert first == "Willem: guides 1 of 15, has this quarter"


def test_what_is_not_on_the_list_is_refused_and_nothing_changes(cast, pilot):
    brings(cast, languages=["ar"])
    for wrong in ({"languages": ["xx"]}, {"manners": ["loud"]}, {"quarters": ["?"]}):
        with pytest.raises(Refused, match="from the list"):
            brings(cast, **wrong)
    assert CoachProfile.objects.get().languages == ["ar"]


def test_only_a_coach_has_one(cast):
    with pytest.raises(Refused, match="not a coach"):
        brings(cast, "greet")


def test_a_coach_writes_down_their_own_and_nobody_elses(cast, pilot):
    client, page = page_for(cast.sanne, cast.sanne)
    client.post(page, {"languages": ["tr", "so"], "manners": ["group"]})
    kept = CoachProfile.objects.get(staff=cast.sanne)
    assert (kept.languages, kept.manners) == (["so", "tr"], ["group"])
    assert 'value="so"' in client.get(page).text
    other, theirs = page_for(cast.sanne, cast.willem)
    assert other.get(theirs).status_code == 404


def test_the_administrator_finds_it_behind_the_name(cast, pilot):
    client, page = page_for(cast.aad, cast.sanne)
    colleague = client.get(reverse("accounts:colleague", args=[cast.sanne.pk])).text
    assert page in colleague
    client.post(page, {"languages": ["pl"]})
    assert CoachProfile.objects.get(staff=cast.sanne).languages == ["pl"]


def test_a_list_that_was_tampered_with_says_so(cast, pilot):
    client, page = page_for(cast.sanne, cast.sanne)
    answer = client.post(page, {"languages": ["klingon"]})
    assert "klingon" in answer.text
    assert not CoachProfile.objects.exists()


def test_many_people_go_to_who_speaks_their_language(cast, pilot):
    joost = employ(cast.here, "joost", Role.COACH)
    note_profile(
        staff=joost,
        languages=["ti"],
        manners=[],
        quarters=[],
        by=cast.by("greet"),
        at=AFTER,
    )
    for n in range(3):
        person = make_trajectory(cast, pilot).person
        person.language = "ti" if n < 2 else "so"
        person.save(update_fields=["language"])
    client = Client()
    client.force_login(cast.greet, BACKEND)
    page = reverse("trajectories:hand_over_all", args=[cast.sanne.pk])
    looked = client.post(
        page,
        {"everybody": "spread", "on": "2026-01-01", "reason": "leaves", "go": "look"},
    )
    goes = looked.context["form"].goes
    assert sorted((p.language, to.name) for p, to in goes.items()) == [
        ("so", "Willem"),
        ("ti", "Joost"),
        ("ti", "Joost"),
    ]
