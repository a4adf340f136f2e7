"""Who may open which door: the one table of permissions.

Every URL of the platform stands here by name. A name that is missing is shut for
everybody (`doors.py`), and a test walks all URL patterns, all roles and all owners.
`docs/permissions.md` is made from this table.

Reach says how far a role sees behind a door:
    OWN           what is theirs: a coach's own people and candidates without a coach,
                  a referrer's own referrals
    MUNICIPALITY  everything of their own municipality
"""

from dataclasses import dataclass
from enum import IntEnum

from trede.accounts.models import Role


class Reach(IntEnum):
    NOBODY = 0
    OWN = 1
    MUNICIPALITY = 2


OWN, ALL = Reach.OWN, Reach.MUNICIPALITY


@dataclass(frozen=True)
class Door:
    """`purpose` goes into the audit trail; `link` doors open with a token only."""

    purpose: str
    reach: dict[Role, Reach]
    method: str = "GET"
    link: bool = False

    def reach_of(self, roles: frozenset[Role]) -> Reach:
        return max(
            (self.reach.get(role, Reach.NOBODY) for role in roles),
            default=Reach.NOBODY,
        )


def door(purpose: str, method: str = "GET", **reach: Reach) -> Door:
    return Door(purpose, {Role(role): far for role, far in reach.items()}, method)


def post(purpose: str, **reach: Reach) -> Door:
    return door(purpose, "POST", **reach)


def staff(purpose: str, method: str = "GET") -> Door:
    """A door for everybody who has signed in."""
    return Door(purpose, dict.fromkeys(Role, ALL), method)


def link(purpose: str, method: str = "GET") -> Door:
    """A door for who holds the token in the address, signed in or not."""
    return Door(purpose, {}, method, link=True)


# What is asked is no secret, and many may read a report.
QUESTIONS = door(
    "research",
    researcher=ALL,
    coordinator=ALL,
    coach=ALL,
    policy_adviser=ALL,
    privacy_officer=ALL,
)
REPORTS = door("research", researcher=ALL, coordinator=ALL, policy_adviser=ALL)

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
    # people
    "people:duplicates": door("guidance", coach=OWN, coordinator=ALL),
    "people:details": door("guidance", coach=OWN, coordinator=ALL, privacy_officer=ALL),
    "people:change": door("guidance", coach=OWN, coordinator=ALL),
    "people:merge": door("guidance", coach=OWN, coordinator=ALL),
    "people:not_the_same": post("guidance", coach=OWN, coordinator=ALL),
    "people:undo_merge": post("guidance", coach=OWN, coordinator=ALL),
    "people:household": door("guidance", coach=OWN, coordinator=ALL),
    "people:leave_household": post("guidance", coach=OWN, coordinator=ALL),
    "people:notes": door("guidance", coach=OWN, coordinator=ALL),
    "people:correct_note": door("guidance", coach=OWN, coordinator=ALL),
    "people:file": door("guidance", coach=OWN, coordinator=ALL),
    "people:consents": door(
        "guidance", coach=OWN, coordinator=ALL, privacy_officer=ALL
    ),
    "people:withdraw": post(
        "guidance", coach=OWN, coordinator=ALL, privacy_officer=ALL
    ),
    "people:access": door("right of access", privacy_officer=ALL),
    "people:hand_out": post("right of access", privacy_officer=ALL),
    "people:erase": door("right to erasure", privacy_officer=ALL),
    # contact
    "contact:of_person": door("guidance", coach=OWN, coordinator=ALL),
    "contact:record": door("guidance", coach=OWN, coordinator=ALL),
    "contact:plan": door("guidance", coach=OWN, coordinator=ALL),
    "contact:undo": post("guidance", coach=OWN, coordinator=ALL),
    "contact:step": post("guidance", coach=OWN, coordinator=ALL),
    "contact:move": door("guidance", coach=OWN, coordinator=ALL),
    "contact:interpreter": post("guidance", coach=OWN, coordinator=ALL),
    "contact:call_off": post("guidance", coach=OWN, coordinator=ALL),
    "contact:letter": door("guidance", coach=OWN, coordinator=ALL),
    "contact:own_calendar": door("guidance", coach=OWN, coordinator=ALL),
    "contact:renew_calendar": post("guidance", coach=OWN, coordinator=ALL),
    "contact:end_calendar": post("guidance", coach=OWN, coordinator=ALL),
    "contact:calendar": link("guidance"),
    "contact:own_appointments": link("guidance"),
    "contact:own_move": link("guidance"),
    "contact:own_cancel": link("guidance", "POST"),
    # questionnaires: the coach prepares and hands over, the person answers by token
    "questionnaires:sitting": door("research", coach=OWN, coordinator=ALL),
    "questionnaires:opening": door("research", coach=OWN),
    "questionnaires:hand_over": door("research", coach=OWN),
    "questionnaires:reclaim": post("research", coach=OWN),
    "questionnaires:closing": door("research", coach=OWN),
    "questionnaires:end_early": door("research", coach=OWN),
    "questionnaires:on_paper": door("research", coach=OWN, coordinator=ALL),
    "questionnaires:paper_form": post("research", coach=OWN, coordinator=ALL),
    # typing in from paper: one's own people's with their consent, and those one was
    # asked to type in
    "questionnaires:type_in": door("research", coach=OWN, coordinator=ALL),
    "questionnaires:type_in_how": door("research", coach=OWN, coordinator=ALL),
    "questionnaires:ask_typist": door("research", coach=OWN, coordinator=ALL),
    "questionnaires:type_section": door("research", coach=OWN, coordinator=ALL),
    "questionnaires:type_in_hand_in": post("research", coach=OWN, coordinator=ALL),
    # on one's own telephone: staff make the link, who holds link and code answers
    "questionnaires:own_telephone": door("research", coach=OWN, coordinator=ALL),
    "questionnaires:own_telephone_letter": post("research", coach=OWN, coordinator=ALL),
    "questionnaires:end_own_telephone": post("research", coach=OWN, coordinator=ALL),
    "questionnaires:enter_code": link("research"),
    # how to sit beside somebody who answers
    "questionnaires:instruction": door("research", coach=ALL, coordinator=ALL),
    "questionnaires:practise": door("research", coach=ALL, coordinator=ALL),
    "questionnaires:practise_question": door("research", coach=ALL, coordinator=ALL),
    "questionnaires:practise_check": door("research", coach=ALL, coordinator=ALL),
    # the library: what is asked is no secret; who studies or coordinates works on it
    "questionnaires:library": QUESTIONS,
    "questionnaires:library_questionnaire": QUESTIONS,
    "questionnaires:library_as_asked": QUESTIONS,
    "questionnaires:library_file": door("research", researcher=ALL, coordinator=ALL),
    "questionnaires:library_paper": QUESTIONS,
    "questionnaires:library_language": door(
        "research", researcher=ALL, coordinator=ALL
    ),
    "questionnaires:library_upload": door("research", researcher=ALL, coordinator=ALL),
    "questionnaires:library_keep": post("research", researcher=ALL, coordinator=ALL),
    "questionnaires:library_reword": door("research", researcher=ALL, coordinator=ALL),
    "questionnaires:library_texts": door("research", researcher=ALL, coordinator=ALL),
    "questionnaires:library_upload_texts": door(
        "research", researcher=ALL, coordinator=ALL
    ),
    "questionnaires:library_take_over_texts": post(
        "research", researcher=ALL, coordinator=ALL
    ),
    "questionnaires:library_recordings": door(
        "research", researcher=ALL, coordinator=ALL
    ),
    "questionnaires:library_vouch": post("research", researcher=ALL, coordinator=ALL),
    "questionnaires:start": link("research"),
    "questionnaires:resume": link("research", "POST"),
    "questionnaires:question": link("research"),
    "questionnaires:sound": link("research"),
    "questionnaires:heard": link("research", "POST"),
    "questionnaires:spoken": link("research"),
    "questionnaires:ahead": link("research"),
    "questionnaires:deliver": link("research", "POST"),
    "questionnaires:explained": link("research", "POST"),
    "questionnaires:check": link("research"),
    "questionnaires:finish": link("research"),
    "questionnaires:language": link("research", "POST"),
    "questionnaires:hand_back": link("signing in"),
    # inflow: target lists and eligibility
    "inflow:lists": door("guidance", coordinator=ALL),
    "inflow:upload_list": door("guidance", coordinator=ALL),
    "inflow:list": door("guidance", coordinator=ALL),
    "inflow:list_columns": door("guidance", coordinator=ALL),
    "inflow:list_rows_to_check": door("guidance", coordinator=ALL),
    "inflow:list_differences": door("guidance", coordinator=ALL),
    "inflow:decide_row": post("guidance", coordinator=ALL),
    "inflow:check_list_again": post("guidance", coordinator=ALL),
    "inflow:confirm_list": post("guidance", coordinator=ALL),
    "inflow:list_progress": door("guidance", coordinator=ALL),
    "inflow:drop_list": post("guidance", coordinator=ALL),
    "inflow:undo_list": door("guidance", coordinator=ALL),
    "inflow:eligibility": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:screen": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:override": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:put_on_list": post("guidance", coach=OWN, coordinator=ALL),
    "inflow:change_rules": door("management", coordinator=ALL),
    # inflow: referral, waiting list, invitations, reach
    "inflow:refer": door("guidance", coach=OWN, coordinator=ALL, referrer=OWN),
    "inflow:referrals": door("guidance", coach=OWN, coordinator=ALL, referrer=OWN),
    "inflow:waiting": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:waiting_as_csv": door("guidance", coordinator=ALL),
    "inflow:log_call": post("guidance", coach=OWN, coordinator=ALL),
    "inflow:rest": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:wake": post("guidance", coach=OWN, coordinator=ALL),
    "inflow:decline": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:drop_out": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:found_ineligible": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:select": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:undo_step": post("guidance", coach=OWN, coordinator=ALL),
    "inflow:invite": post("guidance", coach=OWN, coordinator=ALL),
    "inflow:invitations": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:make_round": post("guidance", coach=OWN, coordinator=ALL),
    "inflow:print_round": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:take_back_round": post("guidance", coach=OWN, coordinator=ALL),
    "inflow:choose": link("guidance"),
    "inflow:send_round": post("guidance", coach=OWN, coordinator=ALL),
    "inflow:reach": door("management", coordinator=ALL),
    # inflow: the intake
    "inflow:begin_intake": door("guidance", coach=OWN),
    "inflow:intake": door("guidance", coach=OWN),
    "inflow:intake_inform": door("guidance", coach=OWN),
    "inflow:intake_consent": door("guidance", coach=OWN),
    "inflow:consent_form": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:paper_consent": door("guidance", coach=OWN, coordinator=ALL),
    "inflow:blank_consent": door("guidance", coach=ALL, coordinator=ALL),
    "inflow:consent_letter": post("guidance", coach=OWN),
    "inflow:intake_questionnaire": door("guidance", coach=OWN),
    "inflow:intake_talk": door("guidance", coach=OWN),
    "inflow:intake_outcome": door("guidance", coach=OWN),
    # inflow: allocation
    "inflow:pairs": door("research", coach=ALL, coordinator=ALL),
    "inflow:seal_lots": post("research", coordinator=ALL),
    "inflow:pair": door("research", coach=OWN, coordinator=ALL),
    "inflow:draw": post("research", coach=OWN, coordinator=ALL),
    "inflow:dissolve": door("research", coordinator=ALL),
    # trajectories
    "trajectories:start": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:trajectory": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:pause": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:resume": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:take_back_pause": post("guidance", coach=OWN, coordinator=ALL),
    "trajectories:extend": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:take_back_extension": post("guidance", coach=OWN, coordinator=ALL),
    "trajectories:working_step": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:take_back_working_step": post("guidance", coach=OWN, coordinator=ALL),
    "trajectories:assess": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:take_back_assessment": post("guidance", coach=OWN, coordinator=ALL),
    "trajectories:hand_over": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:hand_over_all": door("guidance", coordinator=ALL),
    "trajectories:hand_over_document": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:hand_over_letter": post("guidance", coach=OWN, coordinator=ALL),
    "trajectories:hand_over_letters": post("guidance", coordinator=ALL),
    "trajectories:note_absence": door("management", coach=OWN, coordinator=ALL),
    "trajectories:absence": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:come_back": post("guidance", coach=OWN, coordinator=ALL),
    "trajectories:close": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:take_back_closing": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:open_evaluation": door("research", coach=OWN, coordinator=ALL),
    "trajectories:exemption_notice": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:set_goal": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:reword_goal": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:end_goal": post("guidance", coach=OWN, coordinator=ALL),
    "trajectories:take_back_goal": post("guidance", coach=OWN, coordinator=ALL),
    "trajectories:reopen_goal": post("guidance", coach=OWN, coordinator=ALL),
    "trajectories:add_step": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:reword_step": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:move_step": post("guidance", coach=OWN, coordinator=ALL),
    "trajectories:stop_with_study": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:leave_trajectory": door("guidance", coach=OWN, coordinator=ALL),
    "trajectories:leave": link("guidance"),
    "trajectories:leave_study": link("guidance"),
    "trajectories:leave_by_link": link("guidance"),
    "trajectories:leave_thanks_study": link("guidance"),
    "trajectories:leave_thanks_trajectory": link("guidance"),
    # partners: the directory is the team's; what was referred is the person's
    "partners:partners": door("guidance", coach=ALL, coordinator=ALL),
    "partners:add_organisation": door("guidance", coach=ALL, coordinator=ALL),
    "partners:use": door("management", coordinator=ALL),
    "partners:organisation": door("guidance", coach=ALL, coordinator=ALL),
    "partners:change_organisation": door("guidance", coach=ALL, coordinator=ALL),
    "partners:confirm": post("guidance", coach=ALL, coordinator=ALL),
    "partners:take_out": door("guidance", coach=ALL, coordinator=ALL),
    "partners:bring_back": post("guidance", coach=ALL, coordinator=ALL),
    "partners:note_remark": post("guidance", coach=ALL, coordinator=ALL),
    "partners:add_contact": door("guidance", coach=ALL, coordinator=ALL),
    "partners:change_contact": door("guidance", coach=ALL, coordinator=ALL),
    "partners:add_place": door("guidance", coach=ALL, coordinator=ALL),
    "partners:change_place": door("guidance", coach=ALL, coordinator=ALL),
    "partners:sheets": door("guidance", coordinator=ALL),
    "partners:sheet": door("guidance", coordinator=ALL),
    "partners:sheet_columns": post("guidance", coordinator=ALL),
    "partners:confirm_sheet": post("guidance", coordinator=ALL),
    "partners:drop_sheet": post("guidance", coordinator=ALL),
    "partners:undo_sheet": post("guidance", coordinator=ALL),
    "partners:of_person": door("guidance", coach=OWN, coordinator=ALL),
    "partners:refer_onward": door("guidance", coach=OWN, coordinator=ALL),
    "partners:note_schemes": door("guidance", coach=OWN, coordinator=ALL),
    "partners:add_professional": door("guidance", coach=OWN, coordinator=ALL),
    "partners:end_professional": post("guidance", coach=OWN, coordinator=ALL),
    "partners:take_up_professional": post("guidance", coach=OWN, coordinator=ALL),
    "partners:move_onward": door("guidance", coach=OWN, coordinator=ALL),
    "partners:take_back": post("guidance", coach=OWN, coordinator=ALL),
    "partners:give_feedback": door("guidance", coach=OWN, coordinator=ALL),
    "partners:start_placement": door("guidance", coach=OWN, coordinator=ALL),
    "partners:review": door("guidance", coach=OWN, coordinator=ALL),
    "partners:hours": door("guidance", coach=OWN, coordinator=ALL),
    "partners:agree": door("guidance", coach=OWN, coordinator=ALL),
    "partners:incident": door("guidance", coach=OWN, coordinator=ALL),
    "partners:end": door("guidance", coach=OWN, coordinator=ALL),
    # studies: who is due and who is reminded, by name and without an answer
    "studies:due": door("research", coordinator=ALL),
    "studies:open_wave": door("research", coach=OWN, coordinator=ALL),
    "studies:reminders": door("research", coordinator=ALL),
    "studies:remind": post("research", coordinator=ALL),
    "studies:print_reminders": post("research", coordinator=ALL),
    "studies:post_reminders": post("research", coordinator=ALL),
    "studies:send_again": post("research", coordinator=ALL),
    "studies:it_left": post("research", coordinator=ALL),
    # studies: counts only
    "studies:response": door("research", researcher=ALL, coordinator=ALL),
    # studies: pseudonyms and answers, so for the researcher only
    "studies:burden": door("research", researcher=ALL),
    "studies:studies": door("research", researcher=ALL),
    "studies:found": post("research", researcher=ALL),
    "studies:study": door("research", researcher=ALL),
    "studies:grid": door("research", researcher=ALL),
    "studies:amend": door("research", researcher=ALL),
    "studies:state_baselines": post("research", researcher=ALL),
    "studies:run": post("research", researcher=ALL),
    "studies:dataset": post("research", researcher=ALL),
    "studies:codebook": door("research", researcher=ALL),
    # reports
    "reports:reports": REPORTS,
    "reports:edition": REPORTS,
    "reports:edition_pdf": REPORTS,
    "reports:edition_docx": REPORTS,
    "reports:edition_figures": REPORTS,
    "reports:council": REPORTS,
    "reports:council_pdf": REPORTS,
    "reports:for_participants": REPORTS,
    "reports:for_participants_pdf": REPORTS,
    "reports:approve": post("research", researcher=ALL),
    # a hidden figure is shown when two people decide so, without seeing it here
    "reports:hidden": door("research", researcher=ALL),
    "reports:ask_to_show": door("research", researcher=ALL),
    "reports:showings": door("research", researcher=ALL, privacy_officer=ALL),
    "reports:agree_to_show": post("research", researcher=ALL, privacy_officer=ALL),
    "reports:run": door("research", researcher=ALL),
    "reports:run_pdf": door("research", researcher=ALL),
    "reports:run_figures": door("research", researcher=ALL),
    "reports:release": post("research", researcher=ALL),
    "reports:chapters": door("research", researcher=ALL),
    "reports:chapter": door("research", researcher=ALL),
    "reports:flow": door("management", researcher=ALL, coordinator=ALL),
    # desk
    "desk:home": staff("guidance"),
    "desk:people": door("guidance", coach=OWN, coordinator=ALL),
    "desk:missing": door("guidance", coach=OWN, coordinator=ALL),
    "desk:missing_as_csv": door("guidance", coordinator=ALL),
    "desk:person": door("guidance", coach=OWN, coordinator=ALL, privacy_officer=ALL),
    "desk:tap": post("guidance", coach=OWN, coordinator=ALL),
    "desk:print_my_plan": post("guidance", coach=OWN, coordinator=ALL),
    "desk:my_plan": link("guidance"),
    "desk:my_plan_on_paper": link("guidance"),
    "desk:search": door("guidance", coach=OWN, coordinator=ALL, privacy_officer=ALL),
}
