"""The languages people speak, each by its own name: also those that Django lacks."""

from typing import Final

from django.conf.locale import LANG_INFO

# As speakers write it; the codes are those of a target list.
OWN_NAMES: Final = {
    "am": "አማርኛ",
    "ber": "Tamaziɣt",
    "ckb": "کوردیی ناوەندی",
    "hns": "Sarnami",
    "ku": "Kurdî",
    "ln": "Lingála",
    "pap": "Papiamento",
    "prs": "دری",
    "ps": "پښتو",
    "sh": "srpskohrvatski",
    "sn": "chiShona",
    "so": "Soomaali",
    "srn": "Sranantongo",
    "ti": "ትግርኛ",
    "tw": "Twi",
    "yo": "Yorùbá",
    "zh": "中文",
}


def language_name(code: str) -> str:
    """The language by its own name; the code itself where nobody knows it."""
    known = LANG_INFO.get(code, {}).get("name_local")
    return OWN_NAMES.get(code) or str(known or code)
