"""The script that measures speed, on two reports and without other programs."""

import re

import pytest

from benchmarks import speed
from benchmarks.peers import Peer


def test_it_prints_a_table_of_what_was_measured(capsys: pytest.CaptureFixture[str]) -> None:
    status = speed.main(["--reports", "2", "--repeat", "1", "--only", "many,memory", "--no-peers"])
    lines = capsys.readouterr().out.splitlines()
    assert status == 0
    assert re.fullmatch(r"\d+ processors, load [\d.]+, .+, Python [\d.]+; zhenggai \S+", lines[0])
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    assert rows[0] == ["measured", "program", "seconds", "times ours", "MB", ""]
    assert [row[:2] for row in rows[2:]] == [
        ["2 reports, two processes", "zhenggai"],
        ["2 reports, one process", "zhenggai"],
        ["2 reports, unchanged since the last run", "zhenggai"],
        ["2 reports, copies of 5", "zhenggai"],
    ]
    assert all(float(row[2]) > 0 and float(row[4]) > 0 and row[5] == "" for row in rows[2:])
    assert rows[2][3] == "" and all(float(row[3]) > 0 for row in rows[3:])


def test_a_program_that_is_slow_or_fails_is_said_to_be() -> None:
    sleeps = speed.run(["sleep", "5"], speed.ROOT, 0.05)
    fails = speed.run(["sh", "-c", "echo no memory >&2; exit 3"], speed.ROOT, 5)
    assert (sleeps.fault, fails.fault) == ("not done after 0 s", "failed (status 3): 'no memory'")
    slow = speed.Row("one report", "peer", sleeps, speed.Run(1.0, 2_000_000))
    assert (
        speed.table([slow], memory=False).splitlines()[2]
        == "| one report | peer |  |  | not done after 0 s |"
    )


def test_a_program_for_one_file_at_a_time_is_counted_for_all(tmp_path: speed.Path) -> None:
    names = [f"{number}.md" for number in range(40)]
    peer = Peer("peer", "1", lambda names: ["true", *names], single=True)
    assert speed.over(peer, tmp_path, names, 5).note == "one process each; 20 measured, times 2"
