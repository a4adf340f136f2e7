"""From a relevance expression to the conditions under which a question is asked.

Every comparison becomes the set of answers for which it holds. Where all of several
must hold, or one, those about the same answer become one set; what remains stands
together here as it did there. A piece that is not understood keeps nobody from the
question, nor does anything beside which it would have been enough; it is given back to
be listed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trede.questionnaires.composing import DEEPEST
from trede.questionnaires.definition import (
    Condition,
    Demand,
    Joint,
    Test,
    Value,
    layers,
)
from trede.questionnaires.exchange.limesurvey_answers import (
    Answers,
    Possible,
    Variables,
    can_tell,
    comparisons_in,
)
from trede.questionnaires.exchange.limesurvey_expressions import (
    Always,
    Both,
    Compared,
    Either,
    Node,
    Not,
)
from trede.questionnaires.exchange.naming_answers import TooMuch, as_one, told

# Nobody wrote a longer expression, or can follow one.
_MOST_COMPARISONS = 500
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
# A question, and the tick of it that is looked at.
_Key = tuple[str, Value | None]


@dataclass(frozen=True)
class Routed:
    """When a question is asked; `never` where nothing leads to it."""

    conditions: tuple[Demand, ...] = ()
    not_carried: tuple[str, ...] = ()
    never: bool = False


@dataclass(frozen=True)
class _Leaf:
    key: _Key
    answers: Answers
    every: Answers


@dataclass(frozen=True)
class _Joined:
    joint: Joint
    of: tuple["_Tree", ...]


@dataclass(frozen=True)
class _Unclear:
    text: str


# True and false: always, and never.
_Tree = _Leaf | _Joined | _Unclear | bool


def route(node: Node, variables: Variables, text: str) -> Routed:
    if comparisons_in(node) > _MOST_COMPARISONS:
        return Routed(not_carried=(text,))
    try:
        routing = _Routing(Possible.of(variables, node), [])
        tree = routing.tree(node, holds=True)
        demands = routing.demands(tree)
    except (TooMuch, RecursionError):
        return Routed(not_carried=(text,))
    if demands is None:
        return Routed(never=True)
    if layers(demands) > DEEPEST:
        return Routed(not_carried=(text,))
    return Routed(demands, tuple(dict.fromkeys(routing.unclear)))


@dataclass
class _Routing:
    possible: Possible
    unclear: list[str]

    def tree(self, node: Node, *, holds: bool) -> _Tree:
        if isinstance(node, Not):
            return self.tree(node.node, holds=not holds)
        if isinstance(node, Both | Either):
            # Not (a and b) is: not a, or not b.
            joint = Joint.ALL if isinstance(node, Both) is holds else Joint.ANY
            pieces = _spread(node, type(node))
            return self._joined(joint, [self.tree(one, holds=holds) for one in pieces])
        if isinstance(node, Always):
            return node.holds is holds
        if isinstance(node, Compared):
            return self._compared(node, holds=holds)
        return _Unclear(node.text)

    def _compared(self, node: Compared, *, holds: bool) -> _Tree:
        variable = self.possible.variables.by_name.get(node.variable)
        if variable is None or not can_tell(variable, node):
            sign = node.sign if holds else _OPPOSITE[node.sign]
            return _Unclear(f"{node.variable} {sign} “{node.value}”")
        every = self.possible.every(variable)
        fitting = self.possible.fitting(variable, node)
        answers = fitting if holds else every - fitting
        key = (variable.question, variable.ticked)
        return _leaf(_Leaf(key, answers, every))

    def _joined(self, joint: Joint, trees: Iterable[_Tree]) -> _Tree:
        enough = joint is Joint.ANY
        flat = [inside for one in trees for inside in _apart(one, joint)]
        if enough in flat:
            return enough
        if enough and any(isinstance(one, _Unclear) for one in flat):
            # Whether it holds can only be told from all of it.
            return _Unclear(" or ".join(filter(None, map(_said, flat))))
        if enough and (common := _in_every_one(flat)):
            ways = [
                self._joined(
                    Joint.ALL, [x for x in _apart(one, Joint.ALL) if x not in common]
                )
                for one in flat
            ]
            return self._joined(Joint.ALL, [*common, self._joined(Joint.ANY, ways)])
        merged = _merged(joint, flat)
        if enough in merged:
            return enough
        whole = _simplest(joint, [one for one in merged if not isinstance(one, bool)])
        if not whole:
            return not enough
        return whole[0] if len(whole) == 1 else _Joined(joint, tuple(whole))

    # To conditions of ours ------------------------------------------------------------

    def demands(self, tree: _Tree) -> tuple[Demand, ...] | None:
        """What must all hold; none where that never is."""
        if tree is False:
            return None
        made: list[Demand] = []
        for one in _apart(tree, Joint.ALL):
            if isinstance(one, _Unclear):
                self.unclear.append(one.text)
            elif isinstance(one, _Leaf):
                made += self._of_leaf(one)
            elif isinstance(one, _Joined):
                made += self._one_of(one)
        return tuple(dict.fromkeys(self._as_one_list(made, Test.IS_NOT)))

    def _one_of(self, tree: _Joined) -> tuple[Demand, ...]:
        inside = [self.demands(one) for one in tree.of]
        if not all(inside):
            # One way of which nothing was understood: it may be open to everybody.
            return ()
        ways = [as_one(Joint.ALL, one) for one in inside if one]
        return (as_one(Joint.ANY, tuple(self._as_one_list(ways, Test.IS))),)

    def _as_one_list(self, demands: list[Demand], test: Test) -> list[Demand]:
        """Ticks of one question are named in one condition."""
        named: dict[str, list[Value]] = {}
        for one in demands:
            if isinstance(one, Condition) and one.test is test:
                named.setdefault(one.question, []).extend(one.values)
        made: dict[Demand, None] = {}
        for one in demands:
            if isinstance(one, Condition) and one.test is test:
                order = self.possible.variables.values[one.question]
                values = dict.fromkeys(named[one.question])
                in_order = [value for value in order if value in values]
                others = [value for value in values if value not in order]
                one = Condition(one.question, test, (*in_order, *others))
            made[one] = None
        return list(made)

    def _of_leaf(self, leaf: _Leaf) -> tuple[Demand, ...]:
        question, tick = leaf.key
        if tick is not None:
            test = Test.IS if tick in leaf.answers else Test.IS_NOT
            return (Condition(question, test, (tick,)),)
        every = self.possible.answers(question)
        wanted = [one for one in every if one in leaf.answers]
        others = [one for one in every if one not in leaf.answers]
        return told(question, wanted, others, also_open=None in leaf.answers)


def _leaf(leaf: _Leaf) -> _Tree:
    if leaf.answers == leaf.every:
        return True
    return leaf if leaf.answers else False


def _spread(node: Node, kind: type[Both] | type[Either]) -> list[Node]:
    """The pieces of a row of the same word, from left to right."""
    found: list[Node] = []
    to_see = [node]
    while to_see:
        one = to_see.pop()
        if isinstance(one, Both | Either) and isinstance(one, kind):
            to_see += (one.right, one.left)
        else:
            found.append(one)
    return found


def _apart(tree: _Tree, joint: Joint) -> tuple[_Tree, ...]:
    if isinstance(tree, _Joined) and tree.joint is joint:
        return tree.of
    return () if tree is (joint is Joint.ALL) else (tree,)


def _in_every_one(ways: list[_Tree]) -> list[_Tree]:
    """“(a and b) or (a and c)” is: a, and (b or c)."""
    if len(ways) < 2:
        return []
    others = [set(_apart(one, Joint.ALL)) for one in ways[1:]]
    first = _apart(ways[0], Joint.ALL)
    return [one for one in first if all(one in other for other in others)]


def _merged(joint: Joint, trees: list[_Tree]) -> list[_Tree]:
    """Those about one and the same answer as one."""
    leaves: dict[_Key, _Leaf] = {}
    others: list[_Tree] = []
    for one in trees:
        if not isinstance(one, _Leaf):
            others.append(one)
            continue
        before = leaves.setdefault(one.key, one).answers
        both = before & one.answers if joint is Joint.ALL else before | one.answers
        leaves[one.key] = _Leaf(one.key, both, one.every)
    return [*map(_leaf, leaves.values()), *others]


def _simplest(joint: Joint, trees: list[_Tree]) -> list[_Tree]:
    """Without what another piece makes needless: “a and (a or b)” is a."""
    leaves = {one.key: one for one in trees if isinstance(one, _Leaf)}
    kept = (
        one
        for one in trees
        if not isinstance(one, _Joined)
        or not any(_is_needless(inside, leaves, joint) for inside in one.of)
    )
    return list(dict.fromkeys(kept))


def _is_needless(inside: _Tree, leaves: Mapping[_Key, _Leaf], joint: Joint) -> bool:
    if not isinstance(inside, _Leaf) or inside.key not in leaves:
        return False
    leaf = leaves[inside.key]
    if joint is Joint.ALL:
        return leaf.answers <= inside.answers
    return inside.answers <= leaf.answers


def _said(tree: _Tree) -> str:
    if isinstance(tree, _Unclear):
        return tree.text
    if isinstance(tree, _Leaf):
        question, _tick = tree.key
        answers = ", ".join(sorted(map(_shown, tree.answers)))
        return f"{question} in ({answers})"
    if isinstance(tree, _Joined):
        joint = " and " if tree.joint is Joint.ALL else " or "
        return f"({joint.join(map(_said, tree.of))})"
    return ""


def _shown(piece: object) -> str:
    if isinstance(piece, range):
        ends = dict.fromkeys((piece[0], piece[-1]))
        return "–".join(map(str, ends))
    return str(piece)
