"""Packs: what went in comes out, and nothing that has been altered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.packs import Pack, pack

PIECES = st.dictionaries(st.text(max_size=6), st.binary(max_size=40), max_size=5)


@given(PIECES)
def test_pieces_come_out_as_they_went_in(pieces: dict[str, bytes]) -> None:
    made = Pack(pack(pieces))
    assert made.pieces() == pieces
    assert made.names() == pieces.keys()
    assert {name: made.get(name) for name in pieces} == pieces
    assert made.get("no such name") is None


@given(PIECES.filter(bool), st.data())
def test_what_was_altered_or_cut_is_never_given(pieces: dict[str, bytes], data: st.DataObject) -> None:
    content = pack(pieces)
    at = data.draw(st.integers(0, len(content) - 1))
    cut = data.draw(st.booleans())
    changed = content[:at] if cut else content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    try:
        made = Pack(changed)
    except (ValueError, EOFError, TypeError):
        return
    assert made.pieces().items() <= pieces.items()


@pytest.mark.parametrize("content", [b"", b"zhenggai", b"zhenggai-pack-2\n", b"#!/bin/sh\n" * 20])
def test_other_files_are_no_packs(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"no pack|a broken index"):
        Pack(content)


def test_a_hurt_piece_hurts_no_other() -> None:
    content = pack({"one": b"first", "two": b"second"})
    made = Pack(content.replace(b"first", b"fIrst"))
    assert (made.get("one"), made.get("two"), made.pieces()) == (None, b"second", {"two": b"second"})
