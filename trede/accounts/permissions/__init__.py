"""Who may open which door: the one table of permissions.

Every URL of the platform stands in one of its three parts by name. A name that is
missing is shut for everybody (`doors.py`), and a test walks all URL patterns, all roles
and all owners. `docs/permissions.md` is made from this table.
"""

from trede.accounts.permissions import administration, guidance, research
from trede.accounts.permissions.reaching import Door, Reach

__all__ = ["DOORS", "Door", "Reach"]

DOORS: dict[str, Door] = administration.DOORS | guidance.DOORS | research.DOORS
