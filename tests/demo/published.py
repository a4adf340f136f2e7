"""What each row of the published tables means in codes, written out by hand.

`data/nijmegen_2021_tables.json` transcribes the figures in sections 3.1-3.3 of
the interim report of the Nijmegen pilot, 29 April 2021 (Werner, Beckers, Tolsma and
Spierings, Radboud University). Nothing here knows how the demo draws its answers.
"""

import json
from pathlib import Path

TABLES = json.loads(
    (Path(__file__).parent / "data" / "nijmegen_2021_tables.json").read_text("utf-8")
)
TABLE = {table["id"]: table for table in TABLES["tables"]}

# Rows of a count table, in the order of the file: which values, or which reasons why
# there is none, stand in that row.
ROWS: dict[str, list[set[str]]] = {
    "sex": [{"man"}, {"woman"}],
    "marital_status": [
        {"married"},
        {"divorced"},
        {"widowed"},
        {"never_married"},
        {"refused", "skipped", "dont_know"},
    ],
    "children_at_home": [{"no"}, {"yes"}, {"refused", "skipped", "dont_know"}],
    "education": [
        {"none"},
        {"primary"},
        {"vmbo"},
        {"havo"},
        {"vwo"},
        {"secondary_unknown"},
        {"mbo"},
        {"hbo"},
        {"wo"},
        {"other"},
    ],
    "debts": [{"no"}, {"yes"}, {"refused", "dont_know"}],
    "financial_situation": [
        {"saves"},
        {"little_left"},
        {"gets_by"},
        {"uses_savings"},
        {"debts_grow"},
        {"debts_shrink"},
        {"refused", "dont_know"},
    ],
}

# Masked rows as the demo reads them (see `trede/demo/figures.toml`).
AGES = [(28, 34), (35, 44), (45, 54), (55, 64), (65, 66)]
AGES_AT_MIGRATION = [(0, 11), (12, 17), (18, 29), (30, 34), (35, 59), None]
BIRTHPLACES = [
    {"NL"},
    {"TR"},
    {"MA"},
    {"CN"},
    {"AF"},
    {"IR"},
    {"SO"},
    {"IQ"},
    {"SR"},
    {"SY"},
    {"ER", "ET", "NG", "GH", "CD", "ZW"},
    {"EG", "DZ", "LB"},
    {"VN", "LK"},
    {"BA", "AL"},
    {"CO", "BR"},
]

ITEMS = {
    "Spreken": "dutch_speaking",
    "Verstaan": "dutch_understanding",
    "Lezen": "dutch_reading",
    "Buren of mensen in de straat": "contact_neighbours",
    "Vrienden of goede kennissen": "contact_friends",
    "Familie": "contact_family",
    "Kan moeilijke situaties zelf oplossen": "solves_difficulties",
    "Kan tegenslagen zelf overwinnen": "overcomes_setbacks",
    "Lichamelijk": "health_physical",
    "Geestelijk": "health_mental",
    "Verplichtingen zijn terecht": "view_obligations_right",
    "Meer de eigen gang gaan is beter": "view_own_way_better",
    "Hulp van de gemeente motiveert": "view_help_motivates",
    "Wil nuttig onbetaald werk doen in ruil": "view_unpaid_in_return",
    "Vrijwilligerswerk": "find_volunteering",
    "Betaalde klusjes": "find_odd_jobs",
    "Een betaalde baan": "find_paid_job",
    "De meeste mensen": "trust_people",
    "De gemeente": "trust_municipality",
    "Voelt zich thuis in Nederland": "home_in_nl",
    "Zinvol leven": "meaningful",
    "Tevreden met het leven": "satisfied",
    "Voldoende inkomen": "income",
    "Waardevol bijdragen aan het leven van anderen": "contribution",
    "Goede contacten met anderen": "contacts",
    "Meedoen-regeling": "meedoen",
    "Advies Plu024 / Ondernemerspunt": "plu024",
}
PLACES = ["applying", "street", "school", "nightlife", "club", "work"]
ACTIVITIES = [
    "paid_work",
    "track",
    "own_business",
    "informal_care",
    "volunteering",
    "course",
    "children",
    "other",
]

# Where the printed figure cannot be true: (table, row, what) -> (true figure, why).
TRUE_FIGURES = {
    ("discrimination", "applying", "mean"): (
        1.40,
        "1.39 cannot occur: 73/53 is 1.38 and 74/53 is 1.40; the shares leave 74",
    ),
    ("discrimination", "street", "mean"): (
        1.40,
        "1.39 cannot occur: 73/53 is 1.38 and 74/53 is 1.40; the shares leave 74",
    ),
    ("discrimination", "all", "mean"): (
        1.26,
        "1.23 does not come from the items: their sums give 400/318",
    ),
    ("financial_situation", "6", "percent"): (
        17.0,
        "9/53 is 17.0; 16.9 was printed to make the column add up to 100",
    ),
}
