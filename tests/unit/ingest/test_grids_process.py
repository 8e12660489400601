"""The process that reads workbooks: however it ends, the caller gets a refusal, and needs nothing but the script itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from lib.ingest import workbook as parent
from lib.ingest.grid import Limits
from lib.ingest.table import read_grids
from lib.model import UserError

Make = Callable[[dict], bytes]


def code(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UserError) as caught:
        read_grids(data, "表.xlsx", limits=limits)
    (issue,) = caught.value.issues
    return issue.code


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts another script in the place of the reading one."""

    def replace(source: str) -> None:
        script = tmp_path / "child.py"
        script.write_text(source, encoding="utf-8")
        monkeypatch.setattr(parent, "CHILD", script)

    return replace


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import os; os.abort()", "workbook-crashed"),
        ("import os; os.kill(os.getpid(), 9)", "workbook-crashed"),
        ("raise ValueError('broken')", "xlsx-broken"),
        ("import time; time.sleep(60)", "workbook-slow"),
        ("while True: pass", "workbook-slow"),
    ],
)
def test_however_the_process_ends_the_file_is_refused(child, workbook: Make, source: str, expected: str) -> None:
    child(source)
    assert code(workbook({"表": [["a"]]}), Limits(seconds=1)) == expected


def test_a_missing_package_is_no_fault_of_the_file(child, workbook: Make) -> None:
    child("import no_such_package")
    with pytest.raises(RuntimeError, match="environment is incomplete"):
        read_grids(workbook({"表": [["a"]]}), "表.xlsx")


def test_the_script_works_where_the_system_has_no_resource_limits(child, workbook: Make) -> None:
    child(
        "import sys\nsys.modules['resource'] = None\n"
        + parent.CHILD.read_text(encoding="utf-8").replace("from __future__ import annotations\n", "")
    )
    (grid,) = read_grids(workbook({"表": [["宝丰县"]]}), "表.xlsx")
    assert grid.cells.to_numpy().tolist() == [["宝丰县"]]


def test_the_script_loads_no_more_than_it_needs(workbook: Make) -> None:
    options = {name: asdict(Limits())[name] for name in parent.PASSED_ON} | {"sheet": None}
    listing = (
        "import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__'); sys.stderr.write(' '.join(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-I", "-c", listing, str(parent.CHILD)],
        input=json.dumps(options).encode() + b"\n" + workbook({"表": [["a"]]}),
        capture_output=True,
        check=True,
    )
    assert json.loads(ended.stdout)["sheets"][0]["rows"] == [["a"]]
    loaded = ended.stderr.decode().split()
    assert "openpyxl" in loaded
    assert not {"pandas", "lib", "numpy.linalg", "streamlit"} & set(loaded)
