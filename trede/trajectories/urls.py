from django.urls import path

from trede.trajectories.views import (
    absence,
    around_goals,
    extending,
    guidance,
    hand_overs,
    leaving,
    leaving_coach,
    plan,
    profile,
    telling,
    working_steps,
)

app_name = "trajectories"
urlpatterns = [
    path("starten/<int:candidate_id>/", guidance.start, name="start"),
    path("<int:trajectory_id>/", guidance.trajectory, name="trajectory"),
    path("<int:trajectory_id>/pauze/", guidance.pause, name="pause"),
    path("<int:trajectory_id>/hervatten/", guidance.resume, name="resume"),
    path(
        "pauze/<int:pause_id>/terugdraaien/",
        guidance.take_back_pause,
        name="take_back_pause",
    ),
    path("<int:trajectory_id>/verlengen/", extending.extend, name="extend"),
    path(
        "verlenging/<int:extension_id>/terugdraaien/",
        extending.take_back_extension,
        name="take_back_extension",
    ),
    path(
        "<int:trajectory_id>/werkstap/<slug:step_code>/",
        working_steps.working_step,
        name="working_step",
    ),
    path(
        "werkstap/<int:step_note_id>/terugdraaien/",
        working_steps.take_back_working_step,
        name="take_back_working_step",
    ),
    path("<int:trajectory_id>/ladder/", guidance.assess, name="assess"),
    path(
        "ladder/<int:assessment_id>/terugdraaien/",
        guidance.take_back_assessment,
        name="take_back_assessment",
    ),
    path("<int:trajectory_id>/overdragen/", guidance.hand_over, name="hand_over"),
    path(
        "collega/<int:staff_id>/overdragen/",
        leaving_coach.hand_over_all,
        name="hand_over_all",
    ),
    path("collega/<int:staff_id>/afwezig/", absence.note, name="note_absence"),
    path("collega/<int:staff_id>/profiel/", profile.profile, name="profile"),
    path("afwezig/<int:absence_id>/", absence.arrange, name="absence"),
    path("afwezig/<int:absence_id>/terug/", absence.come_back, name="come_back"),
    path("overdrachten/", hand_overs.hand_overs, name="hand_overs"),
    path("overdrachten/bestand/", hand_overs.hand_overs_file, name="hand_overs_file"),
    path("overdracht/<int:hand_over_id>/", telling.document, name="hand_over_document"),
    path(
        "overdracht/<int:hand_over_id>/brief/", telling.letter, name="hand_over_letter"
    ),
    path(
        "collega/<int:staff_id>/overdragen/brieven/",
        telling.letters,
        name="hand_over_letters",
    ),
    path("<int:trajectory_id>/afronden/", guidance.close, name="close"),
    path(
        "<int:trajectory_id>/afronden/terugdraaien/",
        guidance.take_back_closing,
        name="take_back_closing",
    ),
    path(
        "<int:trajectory_id>/evaluatie/",
        guidance.open_evaluation,
        name="open_evaluation",
    ),
    path(
        "vrijstelling/<int:notice_id>/",
        guidance.exemption_notice,
        name="exemption_notice",
    ),
    path("<int:trajectory_id>/doel/", plan.set_goal, name="set_goal"),
    path("doel/<int:goal_id>/", plan.reword_goal, name="reword_goal"),
    path("doel/<int:goal_id>/klaar/", plan.end_goal, name="end_goal"),
    path("doel/<int:goal_id>/weg/", plan.take_back_goal, name="take_back_goal"),
    path("doel/<int:goal_id>/toch-niet/", plan.reopen_goal, name="reopen_goal"),
    path("doel/<int:goal_id>/stap/", plan.add_step, name="add_step"),
    path("stap/<int:step_id>/", plan.reword_step, name="reword_step"),
    path("stap/<int:step_id>/stand/", plan.move_step, name="move_step"),
    path(
        "<int:trajectory_id>/belemmering/",
        around_goals.note_barrier,
        name="note_barrier",
    ),
    path(
        "belemmering/<int:barrier_id>/terugdraaien/",
        around_goals.take_back_barrier,
        name="take_back_barrier",
    ),
    path("<int:trajectory_id>/goed/", around_goals.add_strength, name="add_strength"),
    path(
        "goed/<int:strength_id>/terugdraaien/",
        around_goals.take_back_strength,
        name="take_back_strength",
    ),
    path(
        "<int:trajectory_id>/kleine-stap/",
        around_goals.add_small_step,
        name="add_small_step",
    ),
    path("stap/<int:step_id>/klein/", around_goals.count_step, name="count_step"),
    path(
        "kleine-stap/<int:small_step_id>/terugdraaien/",
        around_goals.take_back_small_step,
        name="take_back_small_step",
    ),
    path("<int:trajectory_id>/tempo/", around_goals.note_manner, name="note_manner"),
    path(
        "tempo/<int:manner_id>/terugdraaien/",
        around_goals.take_back_manner,
        name="take_back_manner",
    ),
    path(
        "kandidaat/<int:candidate_id>/stoppen-met-onderzoek/",
        leaving.stop_with_study,
        name="stop_with_study",
    ),
    path(
        "kandidaat/<int:candidate_id>/verlaten/",
        leaving.leave_trajectory,
        name="leave_trajectory",
    ),
    path("stoppen/<str:token>/", leaving.choose, name="leave"),
    path("stoppen/<str:token>/onderzoek/", leaving.stop_by_link, name="leave_study"),
    path(
        "stoppen/<str:token>/traject/",
        leaving.leave_by_link,
        name="leave_by_link",
    ),
    path(
        "stoppen/<str:token>/onderzoek/gedaan/",
        leaving.thanks_study,
        name="leave_thanks_study",
    ),
    path(
        "stoppen/<str:token>/traject/gedaan/",
        leaving.thanks_trajectory,
        name="leave_thanks_trajectory",
    ),
]
