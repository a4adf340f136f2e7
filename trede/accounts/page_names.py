"""What each page is called in the audit trail: “looked at the waiting list”.

By the name of its URL. A test holds this list against the table of permissions.
"""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

PAGES: dict[str, Promise] = {
    # desk
    "desk:home": pgettext_lazy("page", "the first page"),
    "desk:figures": pgettext_lazy("page", "how many people are where"),
    "desk:people": pgettext_lazy("page", "the list of people"),
    "desk:people_file": pgettext_lazy("page", "the list of people as a file"),
    "desk:figures_file": pgettext_lazy("page", "how many are where as a file"),
    "desk:loads_file": pgettext_lazy("page", "the load of each coach as a file"),
    "desk:weekly_meeting": pgettext_lazy("page", "the agenda of the weekly meeting"),
    "desk:weekly_meeting_file": pgettext_lazy(
        "page", "the agenda of the weekly meeting as a file"
    ),
    "desk:missing": pgettext_lazy("page", "the list of what is missing"),
    "desk:missing_file": pgettext_lazy("page", "what is missing as a file"),
    "desk:no_shows": pgettext_lazy("page", "the list of who did not come"),
    "desk:no_shows_file": pgettext_lazy("page", "who did not come as a file"),
    "desk:same_step": pgettext_lazy("page", "the same step for many people"),
    "desk:person": pgettext_lazy("page", "the page of a person"),
    "desk:search": pgettext_lazy("page", "the results of a search"),
    # accounts
    "accounts:unsent_form": pgettext_lazy("page", "a form that was not sent"),
    "accounts:account": pgettext_lazy("page", "their own account"),
    "accounts:password": pgettext_lazy("page", "choosing a password"),
    "accounts:set_up_second_step": pgettext_lazy("page", "setting up the second step"),
    "accounts:take_second_step_away": pgettext_lazy(
        "page", "taking the second step away"
    ),
    "accounts:staff": pgettext_lazy("page", "the list of staff"),
    "accounts:employ": pgettext_lazy("page", "employing somebody"),
    "accounts:colleague": pgettext_lazy("page", "the page of a colleague"),
    "accounts:end_employment": pgettext_lazy("page", "ending employment"),
    "accounts:teams": pgettext_lazy("page", "the teams"),
    "accounts:team": pgettext_lazy("page", "a team"),
    "accounts:house_rules": pgettext_lazy("page", "the house rules"),
    "accounts:trail": pgettext_lazy("page", "the audit trail"),
    "accounts:trail_as_csv": pgettext_lazy("page", "the audit trail as a file"),
    # pilots
    "pilots:pilots": pgettext_lazy("page", "the pilots"),
    "pilots:rules": pgettext_lazy("page", "the rules of a pilot"),
    "pilots:file": pgettext_lazy("page", "the file of a pilot"),
    # people
    "people:duplicates": pgettext_lazy("page", "possible duplicates"),
    "people:details": pgettext_lazy("page", "the details of a person"),
    "people:change": pgettext_lazy("page", "changing details"),
    "people:merge": pgettext_lazy("page", "two records beside each other"),
    "people:household": pgettext_lazy("page", "a household"),
    "people:notes": pgettext_lazy("page", "the notes on a person"),
    "people:correct_note": pgettext_lazy("page", "correcting a note"),
    "people:file": pgettext_lazy("page", "a stored file"),
    "people:consents": pgettext_lazy("page", "consents and files"),
    "people:access": pgettext_lazy("page", "what is kept about a person"),
    "people:erase": pgettext_lazy("page", "erasing a person's data"),
    # contact
    "contact:of_person": pgettext_lazy("page", "contacts and letters"),
    "contact:record": pgettext_lazy("page", "noting a contact"),
    "contact:plan": pgettext_lazy("page", "planning an appointment"),
    "contact:move": pgettext_lazy("page", "moving an appointment"),
    "contact:letter": pgettext_lazy("page", "a letter"),
    "contact:letter_texts": pgettext_lazy("page", "the words of letters"),
    "contact:letter_text": pgettext_lazy("page", "the words of a letter"),
    "contact:own_calendar": pgettext_lazy("page", "their own calendar"),
    # questionnaires
    "questionnaires:sitting": pgettext_lazy("page", "the state of a questionnaire"),
    "questionnaires:opening": pgettext_lazy(
        "page", "the coach's questions before a questionnaire"
    ),
    "questionnaires:hand_over": pgettext_lazy("page", "handing over the device"),
    "questionnaires:closing": pgettext_lazy(
        "page", "the coach's questions after a questionnaire"
    ),
    "questionnaires:end_early": pgettext_lazy("page", "ending a questionnaire early"),
    "questionnaires:own_telephone": pgettext_lazy(
        "page", "a link for somebody's own telephone"
    ),
    "questionnaires:library": pgettext_lazy("page", "the questionnaires"),
    "questionnaires:library_questionnaire": pgettext_lazy("page", "a questionnaire"),
    "questionnaires:library_as_asked": pgettext_lazy(
        "page", "a questionnaire as the person sees it"
    ),
    "questionnaires:library_recordings": pgettext_lazy(
        "page", "the recordings of a questionnaire"
    ),
    "questionnaires:library_language": pgettext_lazy(
        "page", "the words of a questionnaire in a language"
    ),
    "questionnaires:instruction": pgettext_lazy(
        "page", "the instruction for questionnaires"
    ),
    "questionnaires:practise": pgettext_lazy("page", "practising a questionnaire"),
    "questionnaires:practise_question": pgettext_lazy("page", "a question to practise"),
    "questionnaires:practise_check": pgettext_lazy("page", "the end of practising"),
    "questionnaires:on_paper": pgettext_lazy("page", "a questionnaire on paper"),
    "questionnaires:library_upload": pgettext_lazy("page", "uploading a questionnaire"),
    "questionnaires:library_reword": pgettext_lazy(
        "page", "a new version of a questionnaire"
    ),
    "questionnaires:library_file": pgettext_lazy("page", "a questionnaire as a file"),
    "questionnaires:library_paper": pgettext_lazy("page", "a blank questionnaire"),
    "questionnaires:library_texts": pgettext_lazy(
        "page", "the texts of a language as a spreadsheet"
    ),
    "questionnaires:library_upload_texts": pgettext_lazy(
        "page", "uploading the texts of a language"
    ),
    "questionnaires:type_in": pgettext_lazy("page", "typing in answers"),
    "questionnaires:type_in_how": pgettext_lazy("page", "how answers were given"),
    "questionnaires:ask_typist": pgettext_lazy(
        "page", "asking somebody to type in answers"
    ),
    "questionnaires:type_section": pgettext_lazy("page", "a part of a form to type in"),
    # inflow
    "inflow:lists": pgettext_lazy("page", "the target lists"),
    "inflow:upload_list": pgettext_lazy("page", "uploading a target list"),
    "inflow:list": pgettext_lazy("page", "a target list"),
    "inflow:list_columns": pgettext_lazy("page", "the columns of a target list"),
    "inflow:list_rows_to_check": pgettext_lazy(
        "page", "the rows to check of a target list"
    ),
    "inflow:list_differences": pgettext_lazy(
        "page", "what changed since the last target list"
    ),
    "inflow:list_progress": pgettext_lazy("page", "the progress of a target list"),
    "inflow:undo_list": pgettext_lazy("page", "undoing a target list"),
    "inflow:eligibility": pgettext_lazy("page", "the criteria of a person"),
    "inflow:screen": pgettext_lazy("page", "the screening of a person"),
    "inflow:override": pgettext_lazy("page", "an exception for a person"),
    "inflow:change_rules": pgettext_lazy("page", "changing the rules of a pilot"),
    "inflow:refer": pgettext_lazy("page", "referring somebody"),
    "inflow:referrals": pgettext_lazy("page", "referrals"),
    "inflow:referrals_file": pgettext_lazy("page", "the referrals as a file"),
    "inflow:waiting": pgettext_lazy("page", "the waiting list"),
    "inflow:waiting_file": pgettext_lazy("page", "the waiting list as a file"),
    "inflow:rest": pgettext_lazy("page", "leaving a person in peace"),
    "inflow:decline": pgettext_lazy("page", "noting that a person would rather not"),
    "inflow:drop_out": pgettext_lazy("page", "noting that a person stopped"),
    "inflow:found_ineligible": pgettext_lazy(
        "page", "noting that a person does not fit"
    ),
    "inflow:select": pgettext_lazy("page", "why a person was chosen"),
    "inflow:invitations": pgettext_lazy("page", "the invitations"),
    "inflow:print_round": pgettext_lazy("page", "a batch of letters"),
    "inflow:reach": pgettext_lazy("page", "who of the list was reached"),
    "inflow:reach_file": pgettext_lazy("page", "who was reached as a file"),
    "inflow:begin_intake": pgettext_lazy("page", "beginning an intake"),
    "inflow:intake": pgettext_lazy("page", "an intake"),
    "inflow:intake_inform": pgettext_lazy("page", "what is told at an intake"),
    "inflow:intake_consent": pgettext_lazy("page", "the consent at an intake"),
    "inflow:consent_form": pgettext_lazy("page", "a signed consent form"),
    "inflow:paper_consent": pgettext_lazy("page", "a consent form on paper"),
    "inflow:blank_consent": pgettext_lazy("page", "a blank consent form"),
    "inflow:intake_questionnaire": pgettext_lazy(
        "page", "the questionnaire of an intake"
    ),
    "inflow:intake_talk": pgettext_lazy("page", "the talk of an intake"),
    "inflow:intake_outcome": pgettext_lazy("page", "the outcome of an intake"),
    "inflow:pairs": pgettext_lazy("page", "the pairs"),
    "inflow:pair": pgettext_lazy("page", "a pair"),
    "inflow:dissolve": pgettext_lazy("page", "dissolving a pair"),
    # trajectories
    "trajectories:start": pgettext_lazy("page", "starting a trajectory"),
    "trajectories:trajectory": pgettext_lazy("page", "a plan and its clock"),
    "trajectories:pause": pgettext_lazy("page", "pausing a trajectory"),
    "trajectories:resume": pgettext_lazy("page", "resuming a trajectory"),
    "trajectories:extend": pgettext_lazy("page", "extending a trajectory"),
    "trajectories:working_step": pgettext_lazy("page", "a working step"),
    "trajectories:assess": pgettext_lazy("page", "the ladder of a person"),
    "trajectories:hand_over": pgettext_lazy("page", "handing over a trajectory"),
    "trajectories:hand_over_all": pgettext_lazy(
        "page", "handing over all people of a coach"
    ),
    "trajectories:hand_overs": pgettext_lazy("page", "who went to another coach"),
    "trajectories:hand_overs_file": pgettext_lazy(
        "page", "who went to another coach, as a file"
    ),
    "trajectories:hand_over_document": pgettext_lazy(
        "page", "what a successor needs to know"
    ),
    "trajectories:note_absence": pgettext_lazy("page", "that a coach is away"),
    "trajectories:profile": pgettext_lazy("page", "what a coach brings along"),
    "trajectories:absence": pgettext_lazy("page", "who stands in for a coach"),
    "trajectories:close": pgettext_lazy("page", "closing a trajectory"),
    "trajectories:take_back_closing": pgettext_lazy("page", "taking back a closing"),
    "trajectories:open_evaluation": pgettext_lazy("page", "preparing an evaluation"),
    "trajectories:exemption_notice": pgettext_lazy(
        "page", "the notice to a client manager"
    ),
    "trajectories:set_goal": pgettext_lazy("page", "setting a goal"),
    "trajectories:reword_goal": pgettext_lazy("page", "rewording a goal"),
    "trajectories:add_step": pgettext_lazy("page", "adding a step"),
    "trajectories:reword_step": pgettext_lazy("page", "changing a step"),
    "trajectories:add_strength": pgettext_lazy("page", "noting what goes well"),
    "trajectories:add_small_step": pgettext_lazy("page", "noting a small step"),
    "trajectories:count_step": pgettext_lazy("page", "counting a small step"),
    "trajectories:note_manner": pgettext_lazy("page", "noting pace and manner"),
    "trajectories:stop_with_study": pgettext_lazy("page", "stopping with the study"),
    "trajectories:leave_trajectory": pgettext_lazy("page", "leaving the trajectory"),
    # partners
    "partners:partners": pgettext_lazy("page", "the partner directory"),
    "partners:add_organisation": pgettext_lazy("page", "adding a partner"),
    "partners:partners_file": pgettext_lazy("page", "the directory as a file"),
    "partners:use": pgettext_lazy("page", "what is offered and used"),
    "partners:use_file": pgettext_lazy("page", "offer and use as a file"),
    "partners:placements": pgettext_lazy("page", "the placements"),
    "partners:placements_file": pgettext_lazy("page", "the placements as a file"),
    "partners:organisation": pgettext_lazy("page", "the page of a partner"),
    "partners:change_organisation": pgettext_lazy("page", "changing a partner"),
    "partners:take_out": pgettext_lazy("page", "taking a partner out of use"),
    "partners:add_contact": pgettext_lazy("page", "adding a contact person"),
    "partners:change_contact": pgettext_lazy("page", "changing a contact person"),
    "partners:add_place": pgettext_lazy("page", "adding an activity place"),
    "partners:change_place": pgettext_lazy("page", "changing an activity place"),
    "partners:sheets": pgettext_lazy("page", "the lists of partners"),
    "partners:sheet": pgettext_lazy("page", "a list of partners"),
    "partners:of_person": pgettext_lazy("page", "the partners of a person"),
    "partners:refer_onward": pgettext_lazy("page", "referring a person onward"),
    "partners:note_schemes": pgettext_lazy("page", "the schemes of a person"),
    "partners:add_professional": pgettext_lazy("page", "adding a professional"),
    "partners:move_onward": pgettext_lazy(
        "page", "the next step of an onward referral"
    ),
    "partners:give_feedback": pgettext_lazy("page", "feedback of a partner"),
    "partners:start_placement": pgettext_lazy("page", "beginning a placement"),
    "partners:review": pgettext_lazy("page", "a placement review"),
    "partners:hours": pgettext_lazy("page", "the hours of a placement"),
    "partners:agree": pgettext_lazy("page", "a volunteer agreement"),
    "partners:incident": pgettext_lazy("page", "an incident of a placement"),
    "partners:end": pgettext_lazy("page", "ending a placement"),
    # studies
    "studies:due": pgettext_lazy("page", "whose questionnaire is due"),
    "studies:due_file": pgettext_lazy("page", "whose questionnaire is due, as a file"),
    "studies:open_wave": pgettext_lazy("page", "getting a questionnaire ready"),
    "studies:reminders": pgettext_lazy("page", "the reminders of questionnaires"),
    "studies:response": pgettext_lazy("page", "how many answered"),
    "studies:burden": pgettext_lazy("page", "what a questionnaire asks of people"),
    "studies:studies": pgettext_lazy("page", "the studies"),
    "studies:study": pgettext_lazy("page", "a study"),
    "studies:grid": pgettext_lazy("page", "who filled in what, under pseudonyms"),
    "studies:amend": pgettext_lazy("page", "amending a study"),
    "studies:codebook": pgettext_lazy("page", "the codebook"),
    # reports
    "reports:reports": pgettext_lazy("page", "the reports"),
    "reports:edition": pgettext_lazy("page", "a report"),
    "reports:edition_pdf": pgettext_lazy("page", "a report as PDF"),
    "reports:edition_docx": pgettext_lazy("page", "a report as a document to edit"),
    "reports:edition_figures": pgettext_lazy("page", "the figures of a report"),
    "reports:hidden": pgettext_lazy("page", "the hidden figures of a report"),
    "reports:ask_to_show": pgettext_lazy("page", "asking to show a hidden figure"),
    "reports:showings": pgettext_lazy("page", "the hidden figures to be shown"),
    "reports:run": pgettext_lazy("page", "a computed report"),
    "reports:run_pdf": pgettext_lazy("page", "a computed report as PDF"),
    "reports:run_figures": pgettext_lazy("page", "the figures of a computed report"),
    "reports:council": pgettext_lazy("page", "the page for the council"),
    "reports:council_pdf": pgettext_lazy("page", "the page for the council as PDF"),
    "reports:for_participants": pgettext_lazy("page", "the page for participants"),
    "reports:for_participants_pdf": pgettext_lazy(
        "page", "the page for participants as PDF"
    ),
    "reports:chapters": pgettext_lazy("page", "the chapters of a report"),
    "reports:chapter": pgettext_lazy("page", "writing a chapter of a report"),
    "reports:flow": pgettext_lazy("page", "the way from list to evaluation"),
}
