from django.urls import path

from trede.inflow.views import (
    allocation,
    candidate_steps,
    choosing,
    eligibility,
    intake,
    invitations,
    lists,
    paper,
    reaching,
    referral,
    waiting,
)

app_name = "inflow"
urlpatterns = [
    # target lists
    path("lijsten/", lists.lists, name="lists"),
    path("lijsten/nieuw/", lists.upload_list, name="upload_list"),
    path("lijsten/<int:upload_id>/", lists.one_list, name="list"),
    path("lijsten/<int:upload_id>/kolommen/", lists.list_columns, name="list_columns"),
    path(
        "lijsten/<int:upload_id>/na-te-kijken/",
        lists.list_rows_to_check,
        name="list_rows_to_check",
    ),
    path(
        "lijsten/<int:upload_id>/verschillen/",
        lists.list_differences,
        name="list_differences",
    ),
    path("lijsten/<int:upload_id>/wie/", lists.decide_row, name="decide_row"),
    path(
        "lijsten/<int:upload_id>/opnieuw/",
        lists.check_list_again,
        name="check_list_again",
    ),
    path("lijsten/<int:upload_id>/inlezen/", lists.confirm_list, name="confirm_list"),
    path(
        "lijsten/<int:upload_id>/voortgang/", lists.list_progress, name="list_progress"
    ),
    path("lijsten/<int:upload_id>/weg/", lists.drop_list, name="drop_list"),
    path("lijsten/<int:upload_id>/terugdraaien/", lists.undo_list, name="undo_list"),
    # eligibility
    path(
        "kandidaat/<int:candidate_id>/criteria/",
        eligibility.eligibility,
        name="eligibility",
    ),
    path("kandidaat/<int:candidate_id>/screening/", eligibility.screen, name="screen"),
    path(
        "kandidaat/<int:candidate_id>/uitzondering/",
        eligibility.override,
        name="override",
    ),
    path(
        "kandidaat/<int:candidate_id>/wachtlijst/",
        eligibility.put_on_list,
        name="put_on_list",
    ),
    path(
        "regels/<int:pilot_id>/wijzigen/", eligibility.change_rules, name="change_rules"
    ),
    # allocation
    path("koppels/<int:pilot_id>/", allocation.pairs, name="pairs"),
    path("koppels/<int:pilot_id>/verzegelen/", allocation.seal, name="seal_lots"),
    path("koppel/<int:pair_id>/", allocation.pair, name="pair"),
    path("koppel/<int:pair_id>/loten/", allocation.draw, name="draw"),
    path("koppel/<int:pair_id>/ontbinden/", allocation.dissolve, name="dissolve"),
    # referral
    path("aanmelding/", referral.refer, name="refer"),
    path("aanmeldingen/", referral.referrals, name="referrals"),
    path("aanmeldingen/bestand/", referral.referrals_file, name="referrals_file"),
    # waiting list
    path("wachtlijst/", waiting.waiting, name="waiting"),
    path("wachtlijst/bestand/", waiting.waiting_file, name="waiting_file"),
    path("kandidaat/<int:candidate_id>/gebeld/", waiting.log_call, name="log_call"),
    path("kandidaat/<int:candidate_id>/rust/", candidate_steps.rest, name="rest"),
    path(
        "kandidaat/<int:candidate_id>/weer-bellen/", candidate_steps.wake, name="wake"
    ),
    path(
        "kandidaat/<int:candidate_id>/liever-niet/",
        candidate_steps.decline,
        name="decline",
    ),
    path(
        "kandidaat/<int:candidate_id>/gestopt/",
        candidate_steps.drop_out,
        name="drop_out",
    ),
    path(
        "kandidaat/<int:candidate_id>/past-niet/",
        candidate_steps.found_ineligible,
        name="found_ineligible",
    ),
    path("kandidaat/<int:candidate_id>/keuze/", candidate_steps.select, name="select"),
    path(
        "kandidaat/<int:candidate_id>/terugdraaien/",
        candidate_steps.undo_step,
        name="undo_step",
    ),
    # invitations
    path("kandidaat/<int:candidate_id>/brief/", invitations.invite, name="invite"),
    path("uitnodigingen/", invitations.invitations, name="invitations"),
    path("kennismaken/<str:token>/", choosing.choose_by_link, name="choose"),
    path(
        "uitnodigingen/terug/<int:letter_id>/",
        invitations.take_back_round,
        name="take_back_round",
    ),
    path("uitnodigingen/maken/", invitations.make_round, name="make_round"),
    path("uitnodigingen/afdrukken/", invitations.print_round, name="print_round"),
    path("uitnodigingen/verstuurd/", invitations.send_round, name="send_round"),
    # reach
    path("bereik/", reaching.reach, name="reach"),
    path("bereik/bestand/", reaching.reach_file, name="reach_file"),
    # intake
    path(
        "kandidaat/<int:candidate_id>/intake/", intake.begin_intake, name="begin_intake"
    ),
    path(
        "kandidaat/<int:candidate_id>/toestemming-op-papier/",
        paper.paper_consent_form,
        name="paper_consent",
    ),
    path(
        "toestemming/<int:pilot_id>/formulier/",
        paper.blank_consent,
        name="blank_consent",
    ),
    path("intake/<int:intake_id>/", intake.the_intake, name="intake"),
    path("intake/<int:intake_id>/vertellen/", intake.inform, name="intake_inform"),
    path("intake/<int:intake_id>/toestemming/", intake.consent, name="intake_consent"),
    path(
        "intake/<int:intake_id>/toestemming/formulier/",
        intake.consent_form,
        name="consent_form",
    ),
    path(
        "intake/<int:intake_id>/toestemming/brief/",
        intake.consent_letter_pdf,
        name="consent_letter",
    ),
    path(
        "intake/<int:intake_id>/vragenlijst/",
        intake.questionnaire,
        name="intake_questionnaire",
    ),
    path("intake/<int:intake_id>/gesprek/", intake.talk, name="intake_talk"),
    path("intake/<int:intake_id>/afspraak/", intake.outcome, name="intake_outcome"),
]
