"""A small questionnaire in which everything occurs that the library tells of."""

from trede.questionnaires.definition import Questionnaire
from trede.questionnaires.reading import read_text

SMALL = """
code = "small"
version = "1"
languages = ["nl"]
source = "Made up for a test"
licence = "EUPL-1.2"
title.nl = "Klein"

[[part]]
kind = "opening"
sections = ["before"]

[[part]]
kind = "core"
intro = { nl = "Welkom hier." }
outro = { nl = "Dank u zeer." }
sections = ["money"]

[section.before]
title.nl = "Eerst dit"
ask = ["place"]

[section.money]
title.nl = "Geld en zo"
ask = ["debts", "help", "worry", "calm"]

[question.place]
kind = "single"
text.nl = "Waar bent u?"
option = [
  { value = "home", text = { nl = "Bij u thuis" } },
  { value = "office", text = { nl = "Op ons kantoor" } },
]

[question.debts]
kind = "yes_no"
text.nl = "Hebt u schulden?"
explain.nl = "Een schuld is geld dat u nog moet betalen."
option = [
  { value = "yes", text = { nl = "Ja hoor" } },
  { value = "no", text = { nl = "Nee hoor" } },
]

[question.help]
kind = "yes_no"
text.nl = "Krijgt u daar hulp bij?"
asked_when = [{ question = "debts", is = ["yes"] }]
option = [
  { value = "yes", text = { nl = "Ja hoor" } },
  { value = "no", text = { nl = "Nee hoor" } },
]

[question.worry]
kind = "scale_0_10"
text.nl = "Hoeveel zorgen hebt u over geld?"
low.nl = "Geen zorgen"
high.nl = "Heel veel zorgen"

[question.calm]
kind = "scale_0_10"
text.nl = "Hoe rustig bent u?"
low.nl = "Niet rustig"
high.nl = "Heel rustig"

[score.stress]
title.nl = "Spanning"
items = ["worry", "calm"]
reversed = ["calm"]
combine = "mean"
at_least = 1
"""

TURKISH = {
    "core.intro": "Hoş geldiniz.",
    "core.outro": "Teşekkür ederiz.",
    "money.title": "Para",
    "debts.text": "Borcunuz var mı?",
    "debts.explanation": "Borç, ödemeniz gereken paradır.",
    "debts.yes": "Evet",
    "debts.no": "Hayır",
    "help.text": "Bunun için yardım alıyor musunuz?",
    "help.yes": "Evet",
    "help.no": "Hayır",
    "worry.text": "Para konusunda ne kadar endişelisiniz?",
    "worry.low": "Endişem yok",
    "worry.high": "Çok endişeliyim",
    "calm.text": "Ne kadar sakinsiniz?",
    "calm.low": "Sakin değilim",
    "calm.high": "Çok sakinim",
    "title": "Küçük",
}


def small() -> Questionnaire:
    return read_text(SMALL, name="small.toml")
