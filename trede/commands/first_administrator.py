"""`trede administrator`: the first member of staff of a municipality.

Everybody after that is employed on the screen, by an administrator. So this works only
where a municipality has none yet.
"""

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.text import slugify

from trede.accounts.acting import SYSTEM
from trede.accounts.employing import Details, employ
from trede.accounts.models import HeldRole, Municipality, Role
from trede.accounts.refusing import Refused
from trede.commands.entry import CannotDo


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("municipality", help="its name; made when it is not there")
    parser.add_argument("name", help="of the administrator")
    parser.add_argument("email")


def carry_out(options: argparse.Namespace) -> Any:
    try:
        validate_email(options.email)
    except ValidationError as problem:
        raise CannotDo(f"{options.email} is not an e-mail address.") from problem
    municipality, _made = Municipality.objects.get_or_create(
        code=slugify(options.municipality), defaults={"name": options.municipality}
    )
    if HeldRole.objects.filter(
        staff__municipality=municipality, role=Role.ADMINISTRATOR, ended_at=None
    ).exists():
        raise CannotDo(
            f"{municipality} has an administrator already. Ask that colleague to"
            " employ others, on the screen."
        )
    details = Details(name=options.name, email=options.email)
    roles = [Role.ADMINISTRATOR]
    try:
        _staff, password = employ(
            municipality, details, roles, by=SYSTEM, at=timezone.now()
        )
    except Refused as refusal:
        raise CannotDo(str(refusal)) from refusal
    return (
        f"{options.name} can sign in with {options.email} and the one-time password"
        f" {password}. It lasts three days and is not shown again."
    )
