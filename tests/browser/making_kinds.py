"""A questionnaire with one question of every kind, in three languages."""

from trede.questionnaires import definition as d

LANGUAGES = ("nl", "en", "ar")


def said(nl: str, en: str, ar: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, (nl, en, ar), strict=True))


PLACES = [
    ("house", said("Thuis", "At home", "في البيت")),
    ("school", said("Op school", "At school", "في المدرسة")),
    ("street", said("Op straat", "In the street", "في الشارع")),
    ("other", said("Ergens anders", "Somewhere else", "في مكان آخر")),
]
NOWHERE = d.Option(
    "none",
    d.Text((("nl", "Nergens"), ("en", "Nowhere"), ("ar", "لا مكان"))),
    exclusive=True,
)
YES_NO = [
    ("yes", said("Ja", "Yes", "نعم")),
    ("no", said("Nee", "No", "لا")),
]
GRADES = [
    said("Helemaal niet mee eens", "Do not agree at all", "لا أوافق على الإطلاق"),
    said("Niet mee eens", "Do not agree", "لا أوافق"),
    said("Een beetje mee eens", "Agree a little", "أوافق قليلا"),
    said("Mee eens", "Agree", "أوافق"),
    said("Helemaal mee eens", "Agree completely", "أوافق تماما"),
]
COUNTRIES = [
    ("NL", said("Nederland", "Netherlands", "هولندا")),
    ("CI", said("Ivoorkust", "Côte d’Ivoire", "ساحل العاج")),
    ("SY", said("Syrië", "Syria", "سوريا")),
    ("TR", said("Turkije", "Türkiye", "تركيا")),
    ("ER", said("Eritrea", "Eritrea", "إريتريا")),
    ("SO", said("Somalië", "Somalia", "الصومال")),
]
WORDS = {
    "single": said(
        "Waar bent u het liefst?", "Where do you like to be most?", "أين تحب أن تكون؟"
    ),
    "multiple": said(
        "Waar komt u elke week?", "Where do you go every week?", "أين تذهب كل أسبوع؟"
    ),
    "yes_no": said("Heeft u een fiets?", "Do you have a bicycle?", "هل لديك دراجة؟"),
    "agreement": said(
        "Ik voel mij thuis in mijn buurt.",
        "I feel at home in my neighbourhood.",
        "أشعر أنني في بيتي في حيّي.",
    ),
    "mark": said(
        "Hoe tevreden bent u met uw leven?",
        "How satisfied are you with your life?",
        "ما مدى رضاك عن حياتك؟",
    ),
    "number": said(
        "Met hoeveel mensen woont u?",
        "With how many people do you live?",
        "مع كم شخص تعيش؟",
    ),
    "year": said(
        "In welk jaar bent u geboren?",
        "In which year were you born?",
        "في أي سنة ولدت؟",
    ),
    "date": said(
        "Op welke dag bent u verhuisd?",
        "On which day did you move?",
        "في أي يوم انتقلت؟",
    ),
    "country": said(
        "In welk land bent u geboren?",
        "In which country were you born?",
        "في أي بلد ولدت؟",
    ),
    "hours": said(
        "Doet u vrijwilligerswerk?",
        "Do you do volunteer work?",
        "هل تقوم بعمل تطوعي؟",
    ),
    "text": said("Hoe heet uw straat?", "What is your street called?", "ما اسم شارعك؟"),
    "story": said(
        "Wat wilt u ons nog vertellen?",
        "What else do you want to tell us?",
        "ماذا تريد أن تخبرنا أيضا؟",
    ),
}
HINT = said(
    "Denk aan de laatste vier weken.",
    "Think of the last four weeks.",
    "فكّر في الأسابيع الأربعة الأخيرة.",
)
WHY = said(
    "Een gok is ook goed.", "A guess is good too.", "التخمين جيد أيضا.",
)  # fmt: skip


def text(words: dict[str, str]) -> d.Text:
    return d.Text(tuple(words.items()))


def ask(code: str, kind: str, **more: object) -> d.Question:
    said_so: dict[str, object] = {
        "hint": text(HINT),
        "explanation": text(WHY),
        "may_refuse": True,
    }
    return d.Question(code, d.Kind(kind), text(WORDS[code]), **(said_so | more))


def options(
    rows: list[tuple[str, dict[str, str]]], *, pictures: bool
) -> tuple[d.Option, ...]:
    return tuple(
        d.Option(value, text(words), value if pictures else "") for value, words in rows
    )


def made_up() -> d.Questionnaire:
    places = options(PLACES, pictures=True)
    grades = tuple(d.Option(n, text(words)) for n, words in enumerate(GRADES, 1))
    section = d.Section(
        "kinds",
        text(said("Elke soort vraag", "Every kind of question", "كل أنواع الأسئلة")),
        (
            ask("single", "single", options=places),
            ask("multiple", "multiple", options=(*places, NOWHERE)),
            ask("yes_no", "yes_no", options=options(YES_NO, pictures=True)),
            ask("agreement", "labelled_scale", options=grades),
            ask(
                "mark",
                "scale_0_10",
                low=text(said("helemaal niet tevreden", "not at all", "غير راض أبدا")),
                high=text(said("heel tevreden", "very satisfied", "راض جدا")),
                at_least=0,
                at_most=10,
            ),
            ask("number", "number", at_least=0, at_most=20),
            ask("year", "year", at_least=1900, at_most=2100),
            ask("date", "date"),
            ask("country", "country", options=options(COUNTRIES, pictures=False)),
            ask("hours", "hours", at_least=0, at_most=168),
            ask("text", "text", longest=200),
            ask("story", "long_text", longest=2000, may_speak=True),
        ),
    )
    return d.Questionnaire(
        "kinds",
        "1",
        text(said("Alle soorten", "All kinds", "كل الأنواع")),
        LANGUAGES,
        "own",
        "EUPL-1.2",
        (d.Part(d.PartKind.CORE, (section,)),),
    )
