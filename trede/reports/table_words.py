"""What the tables of a report are called: titles, questions, rows and items.

Pure words. Rows that a pilot chooses itself (ages, places, schemes) are in its file.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

TITLES: Words = {
    "sex": pgettext_lazy("table", "Sex"),
    "age_group": pgettext_lazy("table", "Age (groups with unrecognisable numbers)"),
    "age_at_migration": pgettext_lazy(
        "table", "Age at migration (groups with unrecognisable numbers)"
    ),
    "birthplace": pgettext_lazy(
        "table", "Place of birth (unrecognisable countries and regions)"
    ),
    "marital_status": pgettext_lazy("table", "Marital status"),
    "children_at_home": pgettext_lazy("table", "Children at home"),
    "education": pgettext_lazy("table", "Highest completed education"),
    "language_mastery": pgettext_lazy("table", "Mastery of Dutch (own estimate)"),
    "debts": pgettext_lazy("table", "Debts"),
    "financial_situation": pgettext_lazy(
        "table", "Financial situation of the household"
    ),
    "schemes": pgettext_lazy("table", "Use of municipal schemes"),
    "trust": pgettext_lazy("table", "Trust (0-10; 10 = much trust)"),
    "discrimination": pgettext_lazy(
        "table", "Discrimination (1 never, 2 once in a while, 3 fairly often)"
    ),
    "contact": pgettext_lazy("table", "Contact: how often"),
    "week": pgettext_lazy("table", "The week: hours a week, now and wished"),
    "self_reliance": pgettext_lazy("table", "Self-reliance"),
    "health": pgettext_lazy("table", "Health"),
    "life": pgettext_lazy("table", "Filling one's life (0-10)"),
    "capability_value": pgettext_lazy(
        "table", "Capabilities 1: how important (1-5) and does it work out (1-5)"
    ),
    "views_on_benefit": pgettext_lazy("table", "Views on social assistance"),
    "capability_find_work": pgettext_lazy(
        "table", "Capabilities 2: can find it with some effort"
    ),
}

# The heading on the page: what one would ask.
QUESTIONS: Words = {
    "sex": pgettext_lazy("table as a question", "How many men and women take part?"),
    "age_group": pgettext_lazy(
        "table as a question", "How old are the people who take part?"
    ),
    "age_at_migration": pgettext_lazy(
        "table as a question", "How old were they when they came to the Netherlands?"
    ),
    "birthplace": pgettext_lazy("table as a question", "Where were they born?"),
    "marital_status": pgettext_lazy(
        "table as a question", "With whom do they share their lives?"
    ),
    "children_at_home": pgettext_lazy(
        "table as a question", "Do children live at home?"
    ),
    "education": pgettext_lazy(
        "table as a question", "What education did they complete?"
    ),
    "language_mastery": pgettext_lazy(
        "table as a question", "How well do they know Dutch, in their own opinion?"
    ),
    "debts": pgettext_lazy(
        "table as a question", "Do they have debts, and help with them?"
    ),
    "financial_situation": pgettext_lazy(
        "table as a question", "Can the household make ends meet?"
    ),
    "schemes": pgettext_lazy(
        "table as a question",
        "Which schemes do they use, and which would they like to use?",
    ),
    "trust": pgettext_lazy(
        "table as a question", "Do they trust others and the municipality?"
    ),
    "discrimination": pgettext_lazy(
        "table as a question", "Where do they experience discrimination?"
    ),
    "contact": pgettext_lazy(
        "table as a question", "How often do they see or speak others?"
    ),
    "week": pgettext_lazy(
        "table as a question", "How do they fill the week, and what would they like?"
    ),
    "self_reliance": pgettext_lazy(
        "table as a question", "Can they cope with setbacks and difficulties?"
    ),
    "health": pgettext_lazy("table as a question", "How healthy do they feel?"),
    "life": pgettext_lazy(
        "table as a question", "How meaningful and satisfying is their life?"
    ),
    "capability_value": pgettext_lazy(
        "table as a question", "What is important to them, and does it work out?"
    ),
    "views_on_benefit": pgettext_lazy(
        "table as a question", "What do they think of social assistance?"
    ),
    "capability_find_work": pgettext_lazy(
        "table as a question", "Do they think they can find work?"
    ),
}

AGREEMENT: Words = {
    "1": pgettext_lazy("agreement", "Fully disagree"),
    "2": pgettext_lazy("agreement", "Disagree"),
    "3": pgettext_lazy("agreement", "Neither disagree nor agree"),
    "4": pgettext_lazy("agreement", "Agree"),
    "5": pgettext_lazy("agreement", "Fully agree"),
}

ROWS: Mapping[str, Words] = {
    "sex": {
        "man": pgettext_lazy("sex", "Man"),
        "woman": pgettext_lazy("sex", "Woman"),
        "other": pgettext_lazy("sex", "Other"),
    },
    "marital_status": {
        "married": pgettext_lazy(
            "marital status", "Married (or registered partnership)"
        ),
        "divorced": pgettext_lazy("marital status", "Divorced"),
        "widowed": pgettext_lazy("marital status", "Widowed"),
        "never_married": pgettext_lazy("marital status", "Never married"),
        "unknown": pgettext_lazy("marital status", "Unknown"),
    },
    "children_at_home": {
        "no": pgettext_lazy("children at home", "No"),
        "yes": pgettext_lazy("children at home", "Yes"),
        "unknown": pgettext_lazy("children at home", "Unknown"),
    },
    "education": {
        "none": pgettext_lazy("education", "No education"),
        "primary": pgettext_lazy("education", "Primary school"),
        "vmbo": pgettext_lazy("education", "Vmbo"),
        "havo": pgettext_lazy("education", "Havo"),
        "vwo": pgettext_lazy("education", "Vwo"),
        "secondary_unknown": pgettext_lazy("education", "Secondary, unknown which"),
        "mbo": pgettext_lazy("education", "Mbo"),
        "hbo": pgettext_lazy("education", "Hbo"),
        "wo": pgettext_lazy("education", "Wo"),
        "other": pgettext_lazy("education", "Other/unknown"),
    },
    "language_mastery": {
        "1": pgettext_lazy("language mastery", "Not well at all"),
        "2": pgettext_lazy("language mastery", "Not well"),
        "3": pgettext_lazy("language mastery", "Well"),
        "4": pgettext_lazy("language mastery", "Very well"),
        "5": pgettext_lazy("language mastery", "Excellently"),
    },
    "debts": {
        "no": pgettext_lazy("debts", "No"),
        "yes": pgettext_lazy("debts", "Yes"),
        "unknown": pgettext_lazy("debts", "Rather not say / unknown"),
        "debt_help_no": pgettext_lazy("debts", "Debt relief: no"),
        "debt_help_yes": pgettext_lazy("debts", "Debt relief: yes"),
    },
    "financial_situation": {
        "saves": pgettext_lazy("financial situation", "Has enough left to save"),
        "little_left": pgettext_lazy("financial situation", "Has a little money left"),
        "gets_by": pgettext_lazy("financial situation", "Makes ends meet"),
        "uses_savings": pgettext_lazy("financial situation", "Lives on savings"),
        "debts_grow": pgettext_lazy("financial situation", "Debts grow"),
        "debts_shrink": pgettext_lazy("financial situation", "Debts shrink"),
        "unknown": pgettext_lazy(
            "financial situation", "Does not know / rather not say"
        ),
    },
    "trust": {
        "trust_people": pgettext_lazy("trust", "Most people"),
        "trust_municipality": pgettext_lazy("trust", "The municipality"),
        "home_in_nl": pgettext_lazy("trust", "Feels at home in the Netherlands"),
    },
    "discrimination": {
        "total": pgettext_lazy("discrimination", "Total (six domains)"),
        "discriminated_applying": pgettext_lazy(
            "discrimination", "When applying for (voluntary) work or a traineeship"
        ),
        "discriminated_street": pgettext_lazy(
            "discrimination", "In the street, in shops, in public transport"
        ),
        "discriminated_school": pgettext_lazy("discrimination", "At school, in class"),
        "discriminated_nightlife": pgettext_lazy("discrimination", "When going out"),
        "discriminated_club": pgettext_lazy(
            "discrimination", "At a club, when doing sports"
        ),
        "discriminated_work": pgettext_lazy("discrimination", "At work"),
    },
    "contact": {
        "1": pgettext_lazy("contact", "At least once a week"),
        "2": pgettext_lazy("contact", "3 times a month"),
        "3": pgettext_lazy("contact", "Twice a month"),
        "4": pgettext_lazy("contact", "Once a month"),
        "5": pgettext_lazy("contact", "Less than once a month"),
        "6": pgettext_lazy("contact", "Rarely or never"),
    },
    "week": {
        "paid_work": pgettext_lazy("week", "Paid work"),
        "track": pgettext_lazy("week", "Track of the Werkbedrijf"),
        "own_business": pgettext_lazy("week", "Setting up one's own business"),
        "informal_care": pgettext_lazy("week", "Informal care"),
        "volunteering": pgettext_lazy("week", "Voluntary work"),
        "course": pgettext_lazy("week", "Education/course"),
        "children": pgettext_lazy("week", "Care for children"),
        "other": pgettext_lazy("week", "Other things (such as sports)"),
    },
    "self_reliance": AGREEMENT,
    "health": {
        "1": pgettext_lazy("health", "Poor"),
        "2": pgettext_lazy("health", "Moderate"),
        "3": pgettext_lazy("health", "Good"),
        "4": pgettext_lazy("health", "Very good"),
        "5": pgettext_lazy("health", "Excellent"),
    },
    "life": {
        "meaningful": pgettext_lazy("life", "Meaningful life"),
        "satisfied": pgettext_lazy("life", "Satisfied with life"),
    },
    "capability_value": {
        "income": pgettext_lazy("capability value", "Sufficient income"),
        "contribution": pgettext_lazy(
            "capability value", "Contributing something valuable to the lives of others"
        ),
        "contacts": pgettext_lazy("capability value", "Good contacts with others"),
    },
    "views_on_benefit": AGREEMENT,
    "capability_find_work": AGREEMENT,
}

ITEMS: Words = {
    "dutch_speaking": pgettext_lazy("item", "Speaking"),
    "dutch_understanding": pgettext_lazy("item", "Understanding"),
    "dutch_reading": pgettext_lazy("item", "Reading"),
    "contact_neighbours": pgettext_lazy("item", "Neighbours or people in the street"),
    "contact_friends": pgettext_lazy("item", "Friends or good acquaintances"),
    "contact_family": pgettext_lazy("item", "Family"),
    "solves_difficulties": pgettext_lazy(
        "item", "Can solve difficult situations oneself"
    ),
    "overcomes_setbacks": pgettext_lazy("item", "Can overcome setbacks oneself"),
    "health_physical": pgettext_lazy("item", "Physical"),
    "health_mental": pgettext_lazy("item", "Mental"),
    "health_general": pgettext_lazy("item", "In general"),
    "view_obligations_right": pgettext_lazy("item", "Obligations are right"),
    "view_own_way_better": pgettext_lazy("item", "Going one's own way more is better"),
    "view_help_motivates": pgettext_lazy("item", "Help of the municipality motivates"),
    "view_unpaid_in_return": pgettext_lazy(
        "item", "Wants to do useful unpaid work in return"
    ),
    "find_volunteering": pgettext_lazy("item", "Voluntary work"),
    "find_odd_jobs": pgettext_lazy("item", "Paid odd jobs"),
    "find_paid_job": pgettext_lazy("item", "A paid job"),
}
