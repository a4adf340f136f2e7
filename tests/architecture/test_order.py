"""The journey is the dependency order: one list, the same everywhere."""

import re
import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
JOURNEY = [
    app.removeprefix("trede.")
    for app in settings.INSTALLED_APPS
    if app.startswith("trede.")
]


def contract() -> list[str]:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = configuration["tool"]["importlinter"]["contracts"][0]["layers"]
    return [layer for layer in reversed(layers) if layer in JOURNEY]


def test_the_import_contract_lists_the_journey():
    assert contract() == JOURNEY


def test_the_addresses_follow_the_journey():
    text = (ROOT / "trede" / "urls.py").read_text()
    listed = re.findall(r'include\("trede\.(\w+)\.urls"\)', text)
    assert listed == [app for app in JOURNEY if app in listed]
    assert set(JOURNEY) - set(listed) == {"audit", "documents"}


def test_the_readme_lists_the_journey():
    text = (ROOT / "README.md").read_text()
    listed = re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
    assert listed == JOURNEY


def test_foreign_keys_point_back_along_the_journey():
    wrong = [
        f"{model._meta.label}.{field.name} points to {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and model._meta.app_label in JOURNEY
        and field.related_model._meta.app_label in JOURNEY
        and JOURNEY.index(field.related_model._meta.app_label)
        > JOURNEY.index(model._meta.app_label)
    ]
    assert wrong == []


def test_the_desk_keeps_nothing():
    assert list(apps.get_app_config("desk").get_models()) == []


def test_the_audit_trail_knows_nothing_of_ours():
    keys = [
        field
        for model in apps.get_app_config("audit").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label != "audit"
    ]
    assert keys == []
