from django.urls import path

from trede.partners.views import (
    around,
    directory,
    directory_files,
    onward,
    placement_lists,
    placements,
    sheets,
)

app_name = "partners"
urlpatterns = [
    path("", directory.partners, name="partners"),
    path("nieuw/", directory.add_organisation, name="add_organisation"),
    path("bestand/", directory_files.partners_file, name="partners_file"),
    path("gebruik/", directory.use, name="use"),
    path("gebruik/bestand/", directory_files.use_file, name="use_file"),
    path("plaatsingen/", placement_lists.placements, name="placements"),
    path(
        "plaatsingen/bestand/", placement_lists.placements_file, name="placements_file"
    ),
    path("<int:organisation_id>/", directory.organisation, name="organisation"),
    path(
        "<int:organisation_id>/wijzigen/",
        directory.change_organisation,
        name="change_organisation",
    ),
    path("<int:organisation_id>/klopt/", directory.confirm, name="confirm"),
    path("<int:organisation_id>/uit-gebruik/", directory.take_out, name="take_out"),
    path("<int:organisation_id>/in-gebruik/", directory.bring_back, name="bring_back"),
    path("<int:organisation_id>/opmerking/", directory.note_remark, name="note_remark"),
    path(
        "<int:organisation_id>/contactpersoon/",
        directory.add_contact,
        name="add_contact",
    ),
    path(
        "contactpersoon/<int:contact_id>/",
        directory.change_contact,
        name="change_contact",
    ),
    path("<int:organisation_id>/plek/", directory.add_place, name="add_place"),
    path("plek/<int:place_id>/", directory.change_place, name="change_place"),
    path("lijst/", sheets.sheets, name="sheets"),
    path("lijst/<int:sheet_id>/", sheets.sheet, name="sheet"),
    path("lijst/<int:sheet_id>/kolommen/", sheets.sheet_columns, name="sheet_columns"),
    path("lijst/<int:sheet_id>/inlezen/", sheets.confirm_sheet, name="confirm_sheet"),
    path("lijst/<int:sheet_id>/niet-inlezen/", sheets.drop_sheet, name="drop_sheet"),
    path("lijst/<int:sheet_id>/terugdraaien/", sheets.undo_sheet, name="undo_sheet"),
    path("van/<int:person_id>/", onward.of_person, name="of_person"),
    path(
        "van/<int:person_id>/doorverwijzen/", onward.refer_onward, name="refer_onward"
    ),
    path("van/<int:person_id>/regelingen/", around.note_schemes, name="note_schemes"),
    path(
        "van/<int:person_id>/professional/",
        around.add_professional,
        name="add_professional",
    ),
    path(
        "professional/<int:professional_id>/weg/",
        around.end_professional,
        name="end_professional",
    ),
    path(
        "professional/<int:professional_id>/toch-niet/",
        around.take_up_professional,
        name="take_up_professional",
    ),
    path("doorverwijzing/<int:onward_id>/", onward.move_onward, name="move_onward"),
    path(
        "doorverwijzing/<int:onward_id>/terugdraaien/",
        onward.take_back,
        name="take_back",
    ),
    path(
        "doorverwijzing/<int:onward_id>/terugkoppeling/",
        onward.give_feedback,
        name="give_feedback",
    ),
    path(
        "doorverwijzing/<int:onward_id>/plaatsing/",
        placements.start_placement,
        name="start_placement",
    ),
    path("plaatsing/<int:placement_id>/evalueren/", placements.review, name="review"),
    path("plaatsing/<int:placement_id>/uren/", placements.change_hours, name="hours"),
    path("plaatsing/<int:placement_id>/overeenkomst/", placements.agree, name="agree"),
    path(
        "plaatsing/<int:placement_id>/incident/",
        placements.note_incident,
        name="incident",
    ),
    path("plaatsing/<int:placement_id>/beeindigen/", placements.end, name="end"),
]
