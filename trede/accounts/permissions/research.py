"""Doors of the research: questionnaires, studies, reports."""

from trede.accounts.permissions.reaching import ALL, OWN, Door, door, link, post

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
    # studies: who is due and who is reminded, by name and without an answer
    "studies:due": door("research", coordinator=ALL),
    "studies:due_file": door("research", coordinator=ALL),
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
}
