"""Which tokens of a sentence belong together, told from their kinds alone."""

from __future__ import annotations

from checker.phrase_shapes import GroupShape, QuantityShape, StateShape, shapes
from checker.phrases import _parser, read_phrases


def test_a_figure_with_its_unit_noun_and_state() -> None:
    kinds = ("ALL", "ARABIC", "UNIT", "PROBLEM", "LINK", "ALL", "CORE")
    quantity = QuantityShape(1, 3, figure=1, unit=2, noun=3, before=(), approximate=False)
    state = StateShape("done", (5, 6), all=True, long_term=False)
    assert shapes(_parser(), kinds) == (GroupShape(0, 6, quantity, -1, True, state, None, -1),)


def test_what_comes_before_a_number_and_after_it() -> None:
    kinds = ("APPROX_BEFORE", "APPROX_BEFORE", "HAN", "MIDDLE", "PERSON")
    quantity = QuantityShape(2, 4, figure=2, unit=4, noun=-1, before=(0, 1), approximate=True)
    assert shapes(_parser(), kinds) == (GroupShape(0, 4, quantity, -1, False, None, None, -1),)


def test_a_number_may_stand_alone() -> None:
    quantity = QuantityShape(0, 0, figure=0, unit=-1, noun=-1, before=(), approximate=False)
    assert shapes(_parser(), ("ARABIC",)) == (GroupShape(0, 0, quantity, -1, False, None, None, -1),)


def test_two_groups_and_what_belongs_to_none() -> None:
    found = shapes(_parser(), ("PROBLEM", "PENDING", "CORE", "ARABIC", "UNIT", "LINK", "LASTING", "UNIT"))
    lasting = StateShape("lasting", (6,), all=False, long_term=True)
    one = QuantityShape(3, 4, figure=3, unit=4, noun=-1, before=(), approximate=False)
    pending = StateShape("pending", (1, 2), all=False, long_term=False)
    assert found == (
        GroupShape(0, 5, None, 0, False, pending, one, -1),
        GroupShape(6, 6, None, -1, False, lasting, None, -1),
    )


def test_what_the_grammar_does_not_take_is_read_without_words_for_numbers() -> None:
    assert shapes(_parser(), ("CORE", "APPROX_BEFORE")) is None
    done, three = read_phrases("已完成近千年3个")
    assert (done.start, done.end, done.state.word) == (0, 3, "已完成")  # type: ignore[union-attr]
    assert (three.start, three.end, three.subject.value) == (6, 8, 3)  # type: ignore[union-attr]


def test_no_tokens_no_groups() -> None:
    assert shapes(_parser(), ()) == ()
