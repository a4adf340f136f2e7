"""Doors of the house itself: accounts, and the pilots' files."""

from trede.accounts.permissions.reaching import ALL, Door, door, link, post, staff

DOORS: dict[str, Door] = {
    # accounts
    "account_login": link("signing in"),
    "account_logout": staff("signing in", "POST"),
    "accounts:second_step": link("signing in"),
    "accounts:demo_sign_in": link("signing in", "POST"),
    "accounts:language": link("signing in", "POST"),
    "accounts:unsent_form": staff("signing in"),
    "accounts:drop_unsent_form": staff("signing in", "POST"),
    "accounts:account": staff("signing in"),
    "accounts:password": staff("signing in"),
    "accounts:set_up_second_step": staff("signing in"),
    "accounts:renew_recovery_codes": staff("signing in", "POST"),
    "accounts:take_second_step_away": staff("signing in"),
    "accounts:staff": door("administration", administrator=ALL),
    "accounts:employ": door("administration", administrator=ALL),
    "accounts:colleague": door("administration", administrator=ALL),
    "accounts:give_role": post("administration", administrator=ALL),
    "accounts:end_role": post("administration", administrator=ALL),
    "accounts:end_employment": door("administration", administrator=ALL),
    "accounts:reset_password": post("administration", administrator=ALL),
    "accounts:reset_second_step": post("administration", administrator=ALL),
    "accounts:teams": door("administration", administrator=ALL),
    "accounts:team": door("administration", administrator=ALL),
    "accounts:house_rules": door("administration", administrator=ALL),
    "accounts:trail": door("accountability", privacy_officer=ALL),
    "accounts:trail_as_csv": door("accountability", privacy_officer=ALL),
    # pilots
    "pilots:pilots": staff("management"),
    "pilots:rules": staff("management"),
    "pilots:file": staff("management"),
}
