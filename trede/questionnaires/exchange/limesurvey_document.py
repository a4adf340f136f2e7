"""The tables of a survey as the XML that LimeSurvey reads."""

from collections.abc import Iterable, Iterator, Mapping

from trede.questionnaires.exchange.limesurvey_reading import Row


def document(
    version: str, languages: Iterable[str], tables: Mapping[str, list[Row]]
) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<document>",
        " <LimeSurveyDocType>Survey</LimeSurveyDocType>",
        f" <DBVersion>{version}</DBVersion>",
        " <languages>",
        *(f"  <language>{language}</language>" for language in languages),
        " </languages>",
    ]
    for name, rows in tables.items():
        if rows:
            lines += _table(name, rows)
    return "\n".join([*lines, "</document>", ""]).encode()


def _table(name: str, rows: list[Row]) -> Iterator[str]:
    yield f" <{name}>"
    yield "  <fields>"
    yield from (f"   <fieldname>{column}</fieldname>" for column in rows[0])
    yield "  </fields>"
    yield "  <rows>"
    for row in rows:
        yield "   <row>"
        yield from (_cell(column, value) for column, value in row.items())
        yield "   </row>"
    yield "  </rows>"
    yield f" </{name}>"


def _cell(column: str, value: str) -> str:
    if not value:
        return f"    <{column}/>"
    # The end of the quotation cannot stand inside it.
    quoted = value.replace("]]>", "]]]]><![CDATA[>")
    return f"    <{column}><![CDATA[{quoted}]]></{column}>"
