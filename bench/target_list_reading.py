"""How long 100,000 rows take to be read and judged, and how much memory that needs.

python -m bench.target_list_reading [rows] [csv|xlsx]    (the aim: 25 s and 300 MB)
"""

import csv
import datetime
import io
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

from trede.inflow.criteria import CriterionRule
from trede.inflow.reading.check import check_list
from trede.inflow.reading.values import passes_eleven_test

ON = datetime.date(2020, 2, 1)
HEADER_LINE = (
    "BSN;Voornamen;Voorvoegsel;Geslachtsnaam;Geboortedatum;Geboorteland;Geslacht;"
    "Straat;Huisnummer;Toevoeging;Postcode;Woonplaats;Datum vestiging NL;"
    "Uitkering sinds;Laatste contact;Lopend traject;Telefoon;E-mail;Wijk;"
    "Statushouder;Taal"
)
HEADER = HEADER_LINE.split(";")
RULES = (
    CriterionRule("age", "age_at_least", {"years": 28}),
    CriterionRule("benefit_duration", "benefit_longer_than_months", {"months": 24}),
    CriterionRule("background", "background", {"countries": ["MA", "TR", "SO", "SY"]}),
    CriterionRule("settled", "settled_at_least_years", {"years": 5}),
    CriterionRule("status_approach", "flag_not", {"flag": "status_approach"}),
    CriterionRule("out_of_sight", "no_contact_for_months", {"months": 24}),
    CriterionRule("other_track", "none_running"),
)


def rows(count: int) -> list[list[str]]:
    draw = random.Random(1)
    start = datetime.date(1945, 1, 1)

    def day(first: int, last: int) -> str:
        moment = start + datetime.timedelta(days=draw.randrange(first, last))
        return f"{moment:%d-%m-%Y}"

    number = 100_000_000
    found: list[list[str]] = []
    while len(found) < count:
        number += 7
        if not passes_eleven_test(str(number)):
            continue
        found.append(
            [
                str(number),
                draw.choice(("Amina", "José", "Hoa", "Fatma Nur", "Chinedu")),
                draw.choice(("", "", "van der", "el")),
                f"{draw.choice(('Yılmaz', 'Idrissi', 'Nguyen'))}{draw.randrange(9999)}",
                day(0, 20_000) if draw.random() > 0.05 else "00-00-1968",
                draw.choice(("Marokko", "Turkije", "Somalië", "Nederland", "Syrië")),
                draw.choice("MV"),
                f"Voorbeeldstraat {draw.randrange(300)}",
                str(draw.randrange(400)),
                "",
                f"65{draw.randrange(10, 99)}AB",
                "Nijmegen",
                day(16_000, 27_000),
                day(20_000, 27_000),
                day(23_000, 27_000) if draw.random() > 0.3 else "",
                draw.choice(("", "", "", "Werkbedrijf")),
                f"06-{draw.randrange(10_000_000, 99_999_999)}",
                "",
                draw.choice(("Hatert", "Dukenburg", "Lindenholt")),
                draw.choice(("ja", "nee")),
                draw.choice(("Arabisch", "Turks", "")),
            ]
        )
    return found


def as_csv(table: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADER, *table])
    return text.getvalue().encode()


def as_xlsx(table: list[list[str]]) -> bytes:
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = workbook.add_worksheet("Doelgroep")
    for place, row in enumerate([HEADER, *table]):
        sheet.write_row(place, 0, row)
    workbook.close()
    return target.getvalue()


def peak() -> float:
    """Megabytes at most; `getrusage` would count the process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def read(path: Path) -> None:
    """In a process of its own, so that making the list does not count as reading it."""
    data = path.read_bytes()
    before = peak()
    start, used = time.perf_counter(), time.process_time()
    check = check_list(data, path.name, RULES, ON)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    own = peak()
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{check.reading.rows} rows, {check.accepted} accepted, {seconds:.1f} s "
        f"({used:.1f} s of own processor time)"
    )
    print(f"peak {own:.0f} MB (before reading {before:.0f} MB), parser {child:.0f} MB")


def main() -> None:
    if sys.argv[1:2] == ["read"]:
        read(Path(sys.argv[2]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    form = sys.argv[2] if len(sys.argv) > 2 else "csv"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{form}"
        path.write_bytes((as_csv if form == "csv" else as_xlsx)(rows(count)))
        command = [sys.executable, "-m", "bench.target_list_reading", "read", str(path)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
