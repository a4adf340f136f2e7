"""The attacker itself: ends of ranges, whole numbers, contradictions."""

from dataclasses import replace

import pytest

from trede.evaluation.attack import Attacker, Contradiction, Extent
from trede.evaluation.editions import Edition
from trede.evaluation.knowledge import Equation, Row, System, systems_of
from trede.evaluation.results import Guard, Part, Reveal, Support

A, B = ("d", "a"), ("d", "b")
NOTHING: frozenset[str] = frozenset()


def system(fixed: tuple[Equation, ...], **figures: Equation) -> System:
    told = {name: (equation,) for name, equation in figures.items()}
    return System((A, B), {}, fixed, told, (), (), ())


def exactly(row: Row, total: int) -> Equation:
    return Equation(row, total, total)


def test_whole_numbers_leave_less_than_fractions_do() -> None:
    """3a + 5b = 11 has a between 0 and 3.7, but only a = 2 and b = 1 are whole."""
    attacker = Attacker(system((exactly({A: 3, B: 5}, 11),)))
    assert attacker.extent({A: 1}, printed=NOTHING) == Extent(2, 2)


def test_a_sum_bounds_its_terms() -> None:
    attacker = Attacker(system((exactly({A: 1, B: 1}, 9),)))
    assert attacker.extent({A: 1}, printed=NOTHING) == Extent(0, 9)
    assert attacker.extent({A: 2, B: -1}, printed=NOTHING).low == -9


def test_without_a_base_there_is_no_upper_end() -> None:
    assert Attacker(system(())).extent({A: 1}, printed=NOTHING) == Extent(0, None)


def test_only_printed_figures_are_used() -> None:
    attacker = Attacker(
        system(
            (exactly({A: 1, B: 1}, 9),),
            seen=exactly({B: 1}, 4),
            other=exactly({A: 1}, 5),
        )
    )
    assert attacker.extent({A: 1}, printed=NOTHING) == Extent(0, 9)
    assert attacker.extent({A: 1}, printed=frozenset({"seen"})) == Extent(5, 5)


def test_a_world_once_found_answers_the_next_question() -> None:
    attacker = Attacker(system((exactly({A: 1, B: 1}, 9),), seen=exactly({B: 1}, 4)))
    attacker.extent({A: 1}, printed=NOTHING)
    before = attacker.work
    assert attacker.possible({A: 1}, printed=NOTHING, at_most=0)
    assert attacker.possible({B: 1}, printed=NOTHING, at_least=9)
    assert attacker.work == before
    assert not attacker.possible({A: 1}, printed=frozenset({"seen"}), at_most=0)


def test_a_remembered_world_is_no_proof_against_a_figure_it_breaks() -> None:
    attacker = Attacker(system((exactly({A: 1, B: 1}, 9),), seen=exactly({B: 1}, 4)))
    assert attacker.possible({A: 1}, printed=NOTHING, at_most=0)
    assert not attacker.possible({A: 1}, printed=frozenset({"seen"}), at_most=4)


def test_what_was_impossible_stays_so_when_more_is_printed() -> None:
    nine = exactly({A: 1, B: 1}, 9)
    attacker = Attacker(
        system((nine,), seen=exactly({B: 1}, 4), other=exactly({A: 1}, 5))
    )
    seen, both = frozenset({"seen"}), frozenset({"seen", "other"})
    assert not attacker.possible({A: 1}, printed=seen, at_most=4)
    before = attacker.work
    assert not attacker.possible({A: 1}, printed=both, at_most=4)
    assert not attacker.possible({A: 1}, printed=seen, at_most=4)
    assert attacker.work == before
    # It says nothing of another limit, nor of when less is printed.
    assert attacker.possible({A: 1}, printed=both, at_most=5)
    assert attacker.possible({A: 1}, printed=NOTHING, at_most=4)


def test_what_whole_people_cannot_be_parts_of_people_still_may() -> None:
    """3a + 5b = 11 leaves only a = 2, and in parts of people any a up to 3.7."""
    attacker = Attacker(system((exactly({A: 3, B: 5}, 11),)))
    for roughly in (False, True, False):
        found = attacker.possible({A: 1}, printed=NOTHING, at_most=1, roughly=roughly)
        assert found == roughly


def test_a_contradiction_is_named() -> None:
    impossible = system((exactly({A: 1, B: 1}, 3),), seen=exactly({B: 1}, 4))
    with pytest.raises(Contradiction, match="contradict each other"):
        Attacker(impossible).refuse_contradiction()


def test_what_another_attacker_found_is_learnt_only_as_far_as_it_is_possible() -> None:
    """Who judged knew of no `seen`; of its worlds only a = 5 agrees with that."""
    nine = (exactly({A: 1, B: 1}, 9),)
    judge = Attacker(_standing(system(nine)))
    for lowest in (0, 5, 9):
        judge.possible({A: 1}, printed=NOTHING, at_most=lowest)
        judge.possible({A: 1}, printed=NOTHING, at_least=lowest)
    auditor = Attacker(_standing(system(nine, seen=exactly({B: 1}, 4))))
    auditor.learn(judge)
    seen = frozenset({"seen"})
    assert not auditor.possible({A: 1}, printed=seen, at_most=4)
    assert not auditor.possible({A: 1}, printed=seen, at_least=6)
    assert auditor.possible({A: 1}, printed=seen, at_most=5)


def test_counts_that_are_one_now_are_learnt_as_their_sum() -> None:
    judge = Attacker(_standing(system((exactly({A: 1, B: 1}, 9),))))
    judge.extent({A: 1}, printed=NOTHING)
    one = System((A,), {"d": 9}, (exactly({A: 1}, 9),), {}, (), (), (), {A: A, B: A})
    auditor = Attacker(one)
    auditor.learn(judge)
    assert auditor.possible({A: 1}, printed=NOTHING, at_least=9)
    assert not auditor.work


def test_a_count_over_two_distributions_is_guarded_where_no_figure_ties_them() -> None:
    supports = tuple(Support(key, key, "d", ("a", "b")) for key in ("here", "there"))
    forms = tuple((Part(one.key, (("a", 1),)),) for one in supports)
    told = {form[0].support: (Reveal(form, 2),) for form in forms}
    both = Guard((*forms[0], *forms[1]), "small", "both")
    (found,) = systems_of(Edition(supports, {}, (), (), told, guarded=(both,)))
    assert [guard for guard, _ in found.guards] == [both]
    assert set(found.figures) == {"here", "there"}


def _standing(made: System) -> System:
    return replace(made, stands={unknown: unknown for unknown in made.unknowns})
