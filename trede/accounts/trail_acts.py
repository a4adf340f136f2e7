"""How each act in the audit trail is said: its English phrase, and the words for it."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# In the order of the journey; each app adds what its rules record.
ACTIONS: dict[str, Promise] = {
    # accounts
    "signed in": pgettext_lazy("audit", "signed in"),
    "signed out": pgettext_lazy("audit", "signed out"),
    "failed to sign in": pgettext_lazy("audit", "failed to sign in"),
    "came with an expired password": pgettext_lazy(
        "audit", "came with an expired password"
    ),
    "chose a new password": pgettext_lazy("audit", "chose a new password"),
    "chose a language": pgettext_lazy("audit", "chose a language"),
    "set up a second step": pgettext_lazy("audit", "set up a second step"),
    "renewed recovery codes": pgettext_lazy("audit", "renewed recovery codes"),
    "took a second step away": pgettext_lazy("audit", "took a second step away"),
    "employed": pgettext_lazy("audit", "employed"),
    "loaded a pilot file": pgettext_lazy("audit", "loaded a pilot file"),
    "founded a study": pgettext_lazy("audit", "founded a study"),
    "amended the study design": pgettext_lazy("audit", "amended the study design"),
    "stated baselines": pgettext_lazy("audit", "stated baselines"),
    "computed a report": pgettext_lazy("audit", "computed a report"),
    "released a report": pgettext_lazy("audit", "released a report"),
    "approved a report": pgettext_lazy("audit", "approved a report"),
    "asked to show a hidden figure": pgettext_lazy(
        "audit", "asked to show a hidden figure"
    ),
    "agreed to show a hidden figure": pgettext_lazy(
        "audit", "agreed to show a hidden figure"
    ),
    "wrote a chapter": pgettext_lazy("audit", "wrote a chapter"),
    "changed a colleague's details": pgettext_lazy(
        "audit", "changed a colleague's details"
    ),
    "gave a role": pgettext_lazy("audit", "gave a role"),
    "ended a role": pgettext_lazy("audit", "ended a role"),
    "ended employment": pgettext_lazy("audit", "ended employment"),
    "reset a password": pgettext_lazy("audit", "reset a password"),
    "added a team": pgettext_lazy("audit", "added a team"),
    "renamed a team": pgettext_lazy("audit", "renamed a team"),
    "changed the house rules": pgettext_lazy("audit", "changed the house rules"),
    "searched the audit trail": pgettext_lazy("audit", "searched the audit trail"),
    "took the audit trail along": pgettext_lazy(
        "audit", "took the audit trail along as a file"
    ),
    # pilots
    # people
    "registered a person": pgettext_lazy("audit", "registered a person"),
    "registered people of a list": pgettext_lazy(
        "audit", "registered people of a list"
    ),
    "changed details": pgettext_lazy("audit", "changed details"),
    "judged to be two people": pgettext_lazy("audit", "judged to be two people"),
    "merged two records": pgettext_lazy("audit", "merged two records"),
    "undid merging two records": pgettext_lazy("audit", "undid merging two records"),
    "joined a household": pgettext_lazy("audit", "joined a household"),
    "left a household": pgettext_lazy("audit", "left a household"),
    "made responsible": pgettext_lazy("audit", "made responsible"),
    "ended responsibility": pgettext_lazy("audit", "ended responsibility"),
    "gave consent": pgettext_lazy("audit", "gave consent"),
    "refused consent": pgettext_lazy("audit", "refused consent"),
    "withdrew consent": pgettext_lazy("audit", "withdrew consent"),
    "wrote a note": pgettext_lazy("audit", "wrote a note"),
    "corrected a note": pgettext_lazy("audit", "corrected a note"),
    "handed out a person's data": pgettext_lazy("audit", "handed out a person's data"),
    "erased a person's data": pgettext_lazy("audit", "erased a person's data"),
    "opened a file": pgettext_lazy("audit", "opened a file"),
    "rotated the keys": pgettext_lazy("audit", "rotated the keys"),
    # contact
    "noted a contact": pgettext_lazy("audit", "noted a contact"),
    "took back a contact": pgettext_lazy("audit", "took back a contact"),
    "wrote the words of a letter": pgettext_lazy(
        "audit", "wrote the words of a letter"
    ),
    "took the words of Trede for a letter": pgettext_lazy(
        "audit", "took the words of Trede for a letter"
    ),
    "planned an appointment": pgettext_lazy("audit", "planned an appointment"),
    "planned a series of appointments": pgettext_lazy(
        "audit", "planned a series of appointments"
    ),
    "booked an interpreter": pgettext_lazy("audit", "booked an interpreter"),
    "took back booking an interpreter": pgettext_lazy(
        "audit", "took back booking an interpreter"
    ),
    "chose after an invitation": pgettext_lazy("audit", "chose after an invitation"),
    "opened their own plan": pgettext_lazy("audit", "opened their own plan"),
    "made a calendar address": pgettext_lazy("audit", "made a calendar address"),
    "ended a calendar address": pgettext_lazy("audit", "ended a calendar address"),
    "moved an appointment": pgettext_lazy("audit", "moved an appointment"),
    "cancelled an appointment": pgettext_lazy("audit", "cancelled an appointment"),
    "let an appointment go on after all": pgettext_lazy(
        "audit", "let an appointment go on after all"
    ),
    "made a letter": pgettext_lazy("audit", "made a letter"),
    "made a message": pgettext_lazy("audit", "made a message"),
    "sent a message": pgettext_lazy("audit", "sent a message"),
    "could not send a message": pgettext_lazy("audit", "could not send a message"),
    "let a message go again": pgettext_lazy("audit", "let a message go again"),
    "noted that a message left": pgettext_lazy("audit", "noted that a message left"),
    "dropped a message": pgettext_lazy("audit", "dropped a message"),
    "made a personal link": pgettext_lazy("audit", "made a personal link"),
    "ended a personal link": pgettext_lazy("audit", "ended a personal link"),
    # questionnaires
    "uploaded a recording": pgettext_lazy("audit", "uploaded a recording"),
    "ended a recording": pgettext_lazy("audit", "ended a recording"),
    "published a questionnaire": pgettext_lazy("audit", "published a questionnaire"),
    "translated a questionnaire": pgettext_lazy("audit", "translated a questionnaire"),
    "vouched for a translation": pgettext_lazy("audit", "vouched for a translation"),
    "prepared a questionnaire": pgettext_lazy("audit", "prepared a questionnaire"),
    "handed over the device": pgettext_lazy("audit", "handed over the device"),
    "took the device back": pgettext_lazy("audit", "took the device back"),
    "sent answers that waited on a device": pgettext_lazy(
        "audit", "sent answers that waited on a device"
    ),
    "typed a wrong PIN": pgettext_lazy("audit", "typed a wrong PIN"),
    "read the instruction for questionnaires": pgettext_lazy(
        "audit", "read the instruction for questionnaires"
    ),
    "practised a questionnaire": pgettext_lazy("audit", "practised a questionnaire"),
    "made a link for one's own telephone": pgettext_lazy(
        "audit", "made a link for one's own telephone"
    ),
    "gave a code for one's own telephone": pgettext_lazy(
        "audit", "gave a code for one's own telephone"
    ),
    "printed a link for one's own telephone": pgettext_lazy(
        "audit", "printed a link for one's own telephone"
    ),
    "opened the questions on one's own telephone": pgettext_lazy(
        "audit", "opened the questions on one's own telephone"
    ),
    "ended a link for one's own telephone": pgettext_lazy(
        "audit", "ended a link for one's own telephone"
    ),
    "typed a wrong code": pgettext_lazy("audit", "typed a wrong code"),
    "stopped a questionnaire": pgettext_lazy("audit", "stopped a questionnaire"),
    "went on with a questionnaire": pgettext_lazy(
        "audit", "went on with a questionnaire"
    ),
    "finished a questionnaire": pgettext_lazy("audit", "finished a questionnaire"),
    "ended a questionnaire early": pgettext_lazy(
        "audit", "ended a questionnaire early"
    ),
    "answered the coach's questions": pgettext_lazy(
        "audit", "answered the coach's questions"
    ),
    "asked a colleague to type in answers": pgettext_lazy(
        "audit", "asked a colleague to type in answers"
    ),
    "noted how answers were given": pgettext_lazy(
        "audit", "noted how answers were given"
    ),
    "typed in answers": pgettext_lazy("audit", "typed in answers"),
    # inflow
    "referred somebody": pgettext_lazy("audit", "referred somebody"),
    "noted why somebody was chosen": pgettext_lazy(
        "audit", "noted why somebody was chosen"
    ),
    "began an intake": pgettext_lazy("audit", "began an intake"),
    "informed a candidate": pgettext_lazy("audit", "informed a candidate"),
    "registered a consent form on paper": pgettext_lazy(
        "audit", "registered a consent form on paper"
    ),
    "kept a consent form": pgettext_lazy("audit", "kept a consent form"),
    "noted the talk of an intake": pgettext_lazy(
        "audit", "noted the talk of an intake"
    ),
    "ended an intake": pgettext_lazy("audit", "ended an intake"),
    "moved a candidate": pgettext_lazy("audit", "moved a candidate"),
    "took back a step of a candidate": pgettext_lazy(
        "audit", "took back a step of a candidate"
    ),
    "uploaded a target list": pgettext_lazy("audit", "uploaded a target list"),
    "chose columns of a target list": pgettext_lazy(
        "audit", "chose columns of a target list"
    ),
    "decided who a row of a list is": pgettext_lazy(
        "audit", "decided who a row of a list is"
    ),
    "compared a target list again": pgettext_lazy(
        "audit", "compared a target list again"
    ),
    "read in a target list": pgettext_lazy("audit", "read in a target list"),
    "read in a part of a target list": pgettext_lazy(
        "audit", "read in a part of a target list"
    ),
    "finished reading in a target list": pgettext_lazy(
        "audit", "finished reading in a target list"
    ),
    "dropped a target list": pgettext_lazy("audit", "dropped a target list"),
    "removed what is kept no longer": pgettext_lazy(
        "audit", "removed what is kept no longer"
    ),
    "destroyed an old target list": pgettext_lazy(
        "audit", "destroyed an old target list"
    ),
    "undid a target list": pgettext_lazy("audit", "undid a target list"),
    "took back a part of a target list": pgettext_lazy(
        "audit", "took back a part of a target list"
    ),
    "recorded the outcome of a criterion": pgettext_lazy(
        "audit", "recorded the outcome of a criterion"
    ),
    "judged by the criteria": pgettext_lazy("audit", "judged by the criteria"),
    "applied changed rules": pgettext_lazy("audit", "applied changed rules"),
    # inflow: allocation
    "sealed lots": pgettext_lazy("audit", "sealed lots"),
    "registered a pair": pgettext_lazy("audit", "registered a pair"),
    "drew a lot": pgettext_lazy("audit", "drew a lot"),
    "dissolved a pair": pgettext_lazy("audit", "dissolved a pair"),
    # trajectories
    "started a trajectory": pgettext_lazy("audit", "started a trajectory"),
    "paused a trajectory": pgettext_lazy("audit", "paused a trajectory"),
    "resumed a trajectory": pgettext_lazy("audit", "resumed a trajectory"),
    "took back a pause": pgettext_lazy("audit", "took back a pause"),
    "extended a trajectory": pgettext_lazy("audit", "extended a trajectory"),
    "took back an extension": pgettext_lazy("audit", "took back an extension"),
    "noted a working step": pgettext_lazy("audit", "noted a working step"),
    "took back a working step": pgettext_lazy("audit", "took back a working step"),
    "handed over all people of a coach": pgettext_lazy(
        "audit", "handed over all people of a coach"
    ),
    "took back a closing": pgettext_lazy("audit", "took back a closing"),
    "took back a goal": pgettext_lazy("audit", "took back a goal"),
    "took up a goal again": pgettext_lazy("audit", "took up a goal again"),
    "set a goal": pgettext_lazy("audit", "set a goal"),
    "put a goal in other words": pgettext_lazy("audit", "put a goal in other words"),
    "ended a goal": pgettext_lazy("audit", "ended a goal"),
    "added a step": pgettext_lazy("audit", "added a step"),
    "changed a step": pgettext_lazy("audit", "changed a step"),
    "noted a barrier": pgettext_lazy("audit", "noted a barrier"),
    "noted that a barrier is gone": pgettext_lazy(
        "audit", "noted that a barrier is gone"
    ),
    "noted a strength": pgettext_lazy("audit", "noted a strength"),
    "noted a small step": pgettext_lazy("audit", "noted a small step"),
    "noted pace and manner": pgettext_lazy("audit", "noted pace and manner"),
    "took back a part of the plan": pgettext_lazy(
        "audit", "took back a part of the plan"
    ),
    "noted a tread": pgettext_lazy("audit", "noted a tread"),
    "took back a tread": pgettext_lazy("audit", "took back a tread"),
    "handed over a trajectory": pgettext_lazy("audit", "handed over a trajectory"),
    "noted what a coach brings along": pgettext_lazy(
        "audit", "noted what a coach brings along"
    ),
    "began an absence": pgettext_lazy("audit", "began an absence"),
    "noted that a coach is away": pgettext_lazy("audit", "noted that a coach is away"),
    "arranged who stands in": pgettext_lazy("audit", "arranged who stands in"),
    "noted that a coach is back": pgettext_lazy("audit", "noted that a coach is back"),
    "closed a trajectory": pgettext_lazy("audit", "closed a trajectory"),
    "stopped with the study": pgettext_lazy("audit", "stopped with the study"),
    "left the trajectory": pgettext_lazy("audit", "left the trajectory"),
    "moved a step": pgettext_lazy("audit", "moved a step"),
    # partners
    "added a partner": pgettext_lazy("audit", "added a partner"),
    "changed a partner": pgettext_lazy("audit", "changed a partner"),
    "confirmed a partner": pgettext_lazy("audit", "confirmed a partner"),
    "took a partner out of use": pgettext_lazy("audit", "took a partner out of use"),
    "took a partner into use again": pgettext_lazy(
        "audit", "took a partner into use again"
    ),
    "kept a contact person": pgettext_lazy("audit", "kept a contact person"),
    "kept an activity place": pgettext_lazy("audit", "kept an activity place"),
    "noted an own remark on a partner": pgettext_lazy(
        "audit", "noted an own remark on a partner"
    ),
    "uploaded a list of partners": pgettext_lazy(
        "audit", "uploaded a list of partners"
    ),
    "chose columns of a list of partners": pgettext_lazy(
        "audit", "chose columns of a list of partners"
    ),
    "read in a list of partners": pgettext_lazy("audit", "read in a list of partners"),
    "dropped a list of partners": pgettext_lazy("audit", "dropped a list of partners"),
    "undid a list of partners": pgettext_lazy("audit", "undid a list of partners"),
    "referred somebody onward": pgettext_lazy("audit", "referred somebody onward"),
    "moved an onward referral": pgettext_lazy("audit", "moved an onward referral"),
    "took back a step of an onward referral": pgettext_lazy(
        "audit", "took back a step of an onward referral"
    ),
    "noted feedback of a partner": pgettext_lazy(
        "audit", "noted feedback of a partner"
    ),
    "started a placement": pgettext_lazy("audit", "started a placement"),
    "reviewed a placement": pgettext_lazy("audit", "reviewed a placement"),
    "changed the hours of a placement": pgettext_lazy(
        "audit", "changed the hours of a placement"
    ),
    "noted a volunteer agreement": pgettext_lazy(
        "audit", "noted a volunteer agreement"
    ),
    "noted an incident": pgettext_lazy("audit", "noted an incident"),
    "ended a placement": pgettext_lazy("audit", "ended a placement"),
    "noted the use of schemes": pgettext_lazy("audit", "noted the use of schemes"),
    "noted a professional around somebody": pgettext_lazy(
        "audit", "noted a professional around somebody"
    ),
    "noted that a professional left": pgettext_lazy(
        "audit", "noted that a professional left"
    ),
    # studies
    # reports
}
# What one may search the trail by, and the roles.
