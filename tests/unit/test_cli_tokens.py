"""`python -m lib token`: the key is printed once, to be taken by a program; everything else is said beside it."""

from __future__ import annotations

import pytest

from lib import cli
from lib.store import tokens


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """`python -m lib token` with these arguments, on a database of the test's own: exit code, output, what was said beside it."""
    monkeypatch.setenv("DUIBIAO_DB", str(tmp_path / "duibiao.db"))

    def runner(*arguments):
        monkeypatch.setattr("sys.argv", ["lib", "token", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return (int(ended.value.code or 0), *capsys.readouterr())

    return runner


def test_a_key_is_issued_listed_and_revoked(run, tmp_path):
    code, out, said = run("add", "统计局", "--days", "30", "--user", "李明")
    assert code == 0
    assert tokens.known(tmp_path / "duibiao.db", out.removesuffix("\n")).name == "统计局"
    assert "只显示这一次" in said
    listed = run("list")[1]
    assert "统计局\t有效\t" in listed
    assert out.strip() not in listed
    assert run("revoke", "统计局", "--user", "王芳")[0] == 0
    assert tokens.known(tmp_path / "duibiao.db", out.strip()) is None
    assert "统计局\t作废\t" in run("list")[1]


def test_refusals_are_one_line_and_code_2(run):
    assert run("add", "统计局", "--days", "366") == (2, "", "有效期 366 天不行（期望：1 到 365 天）\n")
    code, out, said = run("revoke", "没有的")
    assert (code, out) == (2, "")
    assert said.count("\n") == 1
