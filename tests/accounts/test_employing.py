"""Who works here: employing, roles, leaving; the rules and the screens for them."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st

from tests.accounts.conftest import signed_in
from tests.cast import AT, Cast
from trede.accounts import employing
from trede.accounts.employing import Details
from trede.accounts.models import HeldRole, Role, Staff, Team
from trede.accounts.refusing import Refused
from trede.audit.models import Line

LATER = AT + timedelta(days=30)


def employ(cast: Cast, email: str = "nieuw@example.test") -> tuple[Staff, str]:
    return employing.employ(
        cast.here,
        Details("Nieuw Iemand", email),
        [Role.COACH],
        by=cast.by("aad"),
        at=AT,
    )


def last_action() -> str:
    line = Line.objects.first()
    assert line is not None
    return line.action


def test_a_new_colleague_has_a_role_and_a_password_for_once(cast: Cast) -> None:
    staff, password = employ(cast)
    assert staff.roles == {Role.COACH}
    assert staff.check_password(password)
    assert staff.one_time_until == AT + timedelta(days=3)
    assert last_action() == "employed"


def test_every_one_time_password_is_another(cast: Cast) -> None:
    passwords = {employ(cast, f"n{number}@example.test")[1] for number in range(5)}
    assert len(passwords) == 5


def test_a_double_click_employs_once(cast: Cast) -> None:
    employ(cast)
    with pytest.raises(Refused, match="already"):
        employ(cast, "NIEUW@example.test")
    assert Staff.objects.filter(name="Nieuw Iemand").count() == 1


def test_a_team_of_another_municipality_is_refused(cast: Cast) -> None:
    far = Team.objects.create(municipality=cast.elsewhere, name="Ver")
    with pytest.raises(Refused):
        employing.employ(
            cast.here,
            Details("Nieuw", "nieuw@example.test", team=far),
            [],
            by=cast.by("aad"),
            at=AT,
        )


def test_roles_are_dated_and_never_overwritten(cast: Cast) -> None:
    employing.end_role(cast.sanne, Role.COACH, by=cast.by("aad"), at=LATER)
    employing.give_role(cast.sanne, Role.COACH, by=cast.by("aad"), at=LATER)
    held = HeldRole.objects.filter(staff=cast.sanne).order_by("given_at", "pk")
    assert [(role.given_at, role.ended_at) for role in held] == [
        (AT, LATER),
        (LATER, None),
    ]


def test_giving_a_role_twice_gives_it_once(cast: Cast) -> None:
    before = Line.objects.count()
    employing.give_role(cast.sanne, Role.COACH, by=cast.by("aad"), at=LATER)
    assert HeldRole.objects.filter(staff=cast.sanne).count() == 1
    assert Line.objects.count() == before


@pace(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    acts=st.lists(
        st.tuples(st.booleans(), st.sampled_from([Role.COACH, Role.COORDINATOR])),
        max_size=12,
    )
)
def test_after_any_giving_and_ending_a_role_is_held_at_most_once(
    acts: list[tuple[bool, Role]], cast: Cast
) -> None:
    HeldRole.objects.filter(staff=cast.sanne).delete()
    held: set[Role] = set()
    for number, (give, role) in enumerate(acts):
        rule = employing.give_role if give else employing.end_role
        rule(cast.sanne, role, by=cast.by("aad"), at=AT + timedelta(days=number))
        held = held | {role} if give else held - {role}
    assert Staff.objects.get(pk=cast.sanne.pk).roles == held


CLASHING = [
    (Role.RESEARCHER, Role.COACH),
    (Role.RESEARCHER, Role.COORDINATOR),
    (Role.RESEARCHER, Role.REFERRER),
    (Role.REFERRER, Role.COACH),
    (Role.REFERRER, Role.COORDINATOR),
]


@pytest.mark.parametrize("roles", CLASHING, ids=str)
def test_no_two_walls_stand_in_one_person(cast: Cast, roles: tuple[Role, Role]) -> None:
    for first, second in (roles, roles[::-1]):
        details = Details("Nieuw", f"{first}@example.test")
        now = {"by": cast.by("aad"), "at": AT}
        with pytest.raises(Refused, match="Choose one of the two"):
            employing.employ(cast.here, details, [first, second], **now)
        staff, _password = employing.employ(cast.here, details, [first], **now)
        with pytest.raises(Refused, match="Choose one of the two"):
            employing.give_role(staff, second, **now)
        assert Staff.objects.get(pk=staff.pk).roles == {first}


def test_a_coach_may_coordinate(cast: Cast) -> None:
    employing.give_role(cast.sanne, Role.COORDINATOR, by=cast.by("aad"), at=AT)
    assert Staff.objects.get(pk=cast.sanne.pk).roles == {Role.COACH, Role.COORDINATOR}


def test_nobody_changes_their_own_roles(cast: Cast) -> None:
    for rule in (employing.give_role, employing.end_role):
        with pytest.raises(Refused, match="your own roles"):
            rule(cast.aad, Role.ADMINISTRATOR, by=cast.by("aad"), at=LATER)
    with pytest.raises(Refused):
        employing.end_employment(cast.aad, by=cast.by("aad"), at=LATER)


def test_the_last_administrator_stays(cast: Cast) -> None:
    by = cast.by("greet")
    with pytest.raises(Refused, match="last administrator"):
        employing.end_role(cast.aad, Role.ADMINISTRATOR, by=by, at=LATER)
    with pytest.raises(Refused, match="last administrator"):
        employing.end_employment(cast.aad, by=by, at=LATER)
    employing.give_role(cast.willem, Role.ADMINISTRATOR, by=by, at=LATER)
    employing.end_employment(cast.aad, by=by, at=LATER)
    assert not Staff.objects.get(pk=cast.aad.pk).is_active


def test_an_administrator_elsewhere_does_not_count(cast: Cast) -> None:
    HeldRole.objects.create(staff=cast.noor, role=Role.ADMINISTRATOR, given_at=AT)
    with pytest.raises(Refused, match="last administrator"):
        employing.end_employment(cast.aad, by=cast.by("greet"), at=LATER)


def test_leaving_ends_all_roles_and_keeps_the_name(cast: Cast) -> None:
    employing.end_employment(cast.sanne, by=cast.by("aad"), at=LATER)
    gone = Staff.objects.get(pk=cast.sanne.pk)
    assert (gone.is_active, gone.ended_at, gone.roles) == (False, LATER, frozenset())
    assert gone.name == "Sanne"
    with pytest.raises(Refused):
        employing.give_role(gone, Role.COACH, by=cast.by("aad"), at=LATER)
    with pytest.raises(Refused):
        employing.reset_password(gone, by=cast.by("aad"), at=LATER)


def test_a_later_app_can_keep_somebody_from_leaving(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(employing, "_guards", [])
    employing.guard_end(
        lambda staff: employing.Objection("Hand over the people first.", "desk:home")
    )
    with pytest.raises(Refused, match="Hand over"):
        employing.end_employment(cast.sanne, by=cast.by("aad"), at=LATER)
    assert Staff.objects.get(pk=cast.sanne.pk).is_active


def test_changed_details_name_the_fields_and_not_the_contents(cast: Cast) -> None:
    details = Details("Sanne Anders", cast.sanne.email, "024 111", cast.sanne.team)
    employing.change_details(cast.sanne, details, by=cast.by("aad"), at=LATER)
    line = Line.objects.first()
    assert line is not None
    assert line.fields == ["name", "telephone"]
    before = Line.objects.count()
    employing.change_details(cast.sanne, details, by=cast.by("aad"), at=LATER)
    assert Line.objects.count() == before


def test_an_address_of_somebody_else_is_refused(cast: Cast) -> None:
    details = Details("Sanne", cast.willem.email.upper())
    with pytest.raises(Refused, match="uses this"):
        employing.change_details(cast.sanne, details, by=cast.by("aad"), at=LATER)


def test_teams_have_names_of_their_own(cast: Cast) -> None:
    by = cast.by("aad")
    employing.add_team(cast.here, "West", by=by, at=AT)
    with pytest.raises(Refused):
        employing.add_team(cast.here, "west", by=by, at=AT)
    east = Team.objects.get(name="Team Oost")
    with pytest.raises(Refused):
        employing.rename_team(east, "WEST", by=by, at=AT)
    employing.rename_team(east, "team oost", by=by, at=AT)
    assert Team.objects.filter(name="team oost").exists()


def test_the_administrator_adds_a_colleague_and_sees_the_password_once(
    cast: Cast, as_aad: Client
) -> None:
    answer = as_aad.post(
        "/medewerkers/nieuw/",
        {"name": "Nieuw", "email": "nieuw@example.test", "roles": ["coach"]},
    )
    staff = Staff.objects.get(email="nieuw@example.test")
    page = answer.content.decode()
    password = page.split("<code>")[1].split("</code>")[0]
    assert staff.check_password(password)
    assert password not in as_aad.get(f"/medewerkers/{staff.pk}/").content.decode()
    assert answer.headers["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "email": "nieuw@example.test", "roles": ["coach"]},
        {"name": "Nieuw", "email": "geen adres", "roles": ["coach"]},
        {"name": "Nieuw", "email": "nieuw@example.test", "roles": []},
        {"name": "Nieuw", "email": "nieuw@example.test", "roles": ["emperor"]},
        {"name": "Nieuw", "email": "nieuw@example.test", "roles": ["coach"], "team": 0},
    ],
)
def test_a_half_filled_form_keeps_what_was_typed(
    typed: dict[str, object], cast: Cast, as_aad: Client
) -> None:
    answer = as_aad.post("/medewerkers/nieuw/", typed)
    assert answer.status_code == 200
    assert str(typed["email"]) in answer.content.decode()
    assert "error-summary" in answer.content.decode()
    assert not Staff.objects.filter(email="nieuw@example.test").exists()


def test_the_administrator_gives_and_ends_a_role(cast: Cast, as_aad: Client) -> None:
    page = f"/medewerkers/{cast.sanne.pk}/"
    as_aad.post(f"{page}rol-geven/", {"role": "coordinator"})
    as_aad.post(f"{page}rol-beeindigen/", {"role": "coach"})
    assert Staff.objects.get(pk=cast.sanne.pk).roles == {Role.COORDINATOR}
    answer = as_aad.post(f"{page}rol-geven/", {"role": "emperor"}, follow=True)
    assert b"notice--wrong" in answer.content


def test_a_refusal_to_a_button_is_shown_on_the_page_one_came_from(
    cast: Cast, as_aad: Client
) -> None:
    page = f"/medewerkers/{cast.aad.pk}/"
    answer = as_aad.post(
        f"{page}rol-beeindigen/",
        {"role": "administrator"},
        headers={"referer": f"http://testserver{page}"},
        follow=True,
    )
    assert answer.redirect_chain[-1][0].endswith(page)
    assert b"notice--wrong" in answer.content
    assert Staff.objects.get(pk=cast.aad.pk).has(Role.ADMINISTRATOR)


def test_the_end_of_an_employment_explains_itself_first(
    cast: Cast, as_aad: Client
) -> None:
    page = f"/medewerkers/{cast.sanne.pk}/uit-dienst/"
    assert as_aad.get(page).status_code == 200
    assert Staff.objects.get(pk=cast.sanne.pk).is_active
    as_aad.post(page)
    assert not Staff.objects.get(pk=cast.sanne.pk).is_active
    assert "Sanne" in as_aad.get("/medewerkers/").content.decode()


def test_a_colleague_elsewhere_is_not_found(cast: Cast, as_aad: Client) -> None:
    for act in ("", "rol-geven/", "wachtwoord/", "uit-dienst/"):
        answer = as_aad.post(f"/medewerkers/{cast.noor.pk}/{act}", {"role": "coach"})
        assert answer.status_code == 404
    cast.noor.refresh_from_db()
    assert cast.noor.one_time_until is None
    assert "Noor" not in as_aad.get("/medewerkers/").content.decode()


def test_a_coach_may_not_come_here(cast: Cast, as_sanne: Client) -> None:
    assert as_sanne.get("/medewerkers/").status_code == 403
    assert as_sanne.post("/medewerkers/nieuw/").status_code == 403


def test_house_rules_are_kept(cast: Cast, as_aad: Client) -> None:
    as_aad.post(
        "/huisregels/",
        {"help_telephone": "024 123 4567", "second_step_roles": ["privacy_officer"]},
    )
    cast.here.refresh_from_db()
    assert cast.here.second_step_roles == ["privacy_officer"]
    assert "024 123 45 67" in signed_in(cast.sanne).get("/").content.decode()
