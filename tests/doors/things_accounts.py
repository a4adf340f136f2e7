"""Colleagues and teams behind the administrator's doors."""

from tests.cast import Cast
from tests.doors.things import Things
from trede.accounts.models import Team


def add(cast: Cast, things: Things) -> None:
    things["own"]["staff_id"] = cast.sanne.pk
    things["colleague"]["staff_id"] = cast.willem.pk
    things["elsewhere"]["staff_id"] = cast.noor.pk
    teams = {"own": "West", "colleague": "Noord"}
    for owner, name in teams.items():
        team = Team.objects.create(municipality=cast.here, name=name)
        things[owner]["team_id"] = team.pk
    far = Team.objects.create(municipality=cast.elsewhere, name="Zuid")
    things["elsewhere"]["team_id"] = far.pk
