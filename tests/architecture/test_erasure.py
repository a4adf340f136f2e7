"""No model that leads to a person is forgotten when the person asks for their data."""

from inspect import getclosurevars, isfunction

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models

from trede.people import erasing
from trede.people.models import Household, Person
from trede.people.vault import EncryptedTextField

# Households say nothing once nobody belongs to them.
EMPTY_OF_THEMSELVES = {Household}
# Why somebody was erased is written down without a name.
STAY = {"Erasure.reason"}
# Words about our own work, that the person gets as a file, or about the other of two.
NOT_TOLD = {
    "Candidate.other_track_known",
    "Letter.content",
    "Message.error",
    "Pair.dissolved_reason",
    "Sitting.current",
    "Sitting.location",
    "SittingTransition.question",
}


def leading_to_a_person() -> set[type[models.Model]]:
    """Persons, and every model with a foreign key to one of these."""
    found: set[type[models.Model]] = {Person}
    while True:
        more = {
            model
            for model in apps.get_models()
            if model not in found
            and model.__module__.startswith("trede.")
            and any(
                field.related_model in found
                for field in model._meta.concrete_fields
                if field.is_relation
            )
        }
        if not more:
            return found
        found |= more


def test_every_model_that_leads_to_a_person_says_how_it_goes_or_why_it_stays() -> None:
    forgotten = sorted(
        model._meta.label
        for model in leading_to_a_person() - EMPTY_OF_THEMSELVES
        if model not in erasing.PARTS
    )
    assert not forgotten, (
        "These models lead to a person. Register each with trede.people.erasing in"
        f" the parts.py of its app, with an eraser or an exemption: {forgotten}"
    )


def test_every_registered_path_leads_to_a_person() -> None:
    lost = []
    for part in erasing.PARTS.values():
        try:
            part.rows([0])
        except FieldError as problem:
            lost.append(f"{part.model._meta.label}: {problem}")
    assert lost == []


def test_a_model_goes_before_the_models_it_points_to() -> None:
    """Erasing runs from the last registered to the first."""
    place = {model: number for number, model in enumerate(erasing.PARTS)}
    early = [
        f"{model._meta.label} before {field.related_model._meta.label}"
        for model in place
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model in place
        and field.related_model is not model
        and place[model] < place[field.related_model]
    ]
    assert early == []


def test_every_exemption_has_a_reason_of_more_than_a_word() -> None:
    curt = [
        part.model._meta.label
        for part in erasing.PARTS.values()
        if part.erase is None and len(str(part.exempt).split()) < 4
    ]
    assert curt == []


def names_given_to(act: object) -> frozenset[str]:
    """The fields that `blanked` or `told` was made with."""
    made = getclosurevars(act) if isfunction(act) else None
    return frozenset(made.nonlocals.get("names", ()) if made else ())


def test_no_words_stay_of_a_row_that_stays() -> None:
    """An eraser of its own, that blanks more, is tested where it is."""
    stay = {
        f"{part.model.__name__}.{field.name}"
        for part in erasing.PARTS.values()
        if part.erase is None or names_given_to(part.erase)
        for field in part.model._meta.concrete_fields
        if isinstance(field, EncryptedTextField | models.TextField)
        and field.name not in names_given_to(part.erase)
    }
    assert stay == STAY


def test_what_goes_when_asked_is_handed_out_when_asked() -> None:
    untold = {
        f"{part.model.__name__}.{name}"
        for part in erasing.PARTS.values()
        if part.export
        for name in names_given_to(part.erase) - names_given_to(part.export)
    }
    assert untold == NOT_TOLD
