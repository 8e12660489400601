"""The command line as an analyst and a server meet it: what is printed, what is stored, and with which exit code."""

from __future__ import annotations

import csv
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from lib import cli
from lib.ingest.declaration import read_form
from lib.model.access import Action
from lib.model.declaration import Declaration
from lib.model.ledger import Reading, Task
from lib.store import batches, connect, data_version, declarations, ledger, writing
from lib.store.database import ROOT


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
WIDE = "区划代码,区县,企业开办时间,网上办税率\n410421,宝丰县,3,90\n410422,叶县,2.5,\n"
READ = "2 个县（市、区）、2 个测度、2021-Q1 期，共 3 个数值"


@pytest.fixture
def db(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A seeded database of the test's own: batch 1 the census, batch 2 the demonstration."""
    path = tmp_path / "copy.db"
    with connect(seeded) as whole:
        whole.conn.execute("VACUUM INTO ?", (str(path),))
    monkeypatch.setenv("DUIBIAO_DB", str(path))
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`python -m lib` with these arguments, in this process."""

    def runner(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["lib", *map(str, arguments)])
        with pytest.raises(SystemExit) as exited:
            cli.main()
        return Outcome(int(exited.value.code or 0), *capsys.readouterr())

    return runner


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "2021年一季度.csv"
    path.write_bytes(WIDE.encode("gbk"))
    return path


def test_importing_publishes_and_says_what(db: Path, run: Run, file: Path) -> None:
    outcome = run("import", file, "--user", "分析员")
    assert outcome == (
        0,
        f"2021年一季度.csv：已发布为批次 3。{READ}；新增 3、变更 0、与现有相同 0\n",
        "2021年一季度.csv：评价期取自文件名：2021-Q1\n",
    )
    rows = batches.current(db).query("batch == 3").sort_values(["region", "measure"])
    assert rows[["region", "measure", "period", "value", "file_row", "file_column"]].to_numpy().tolist() == [
        ["410421", "start_business.time", "2021-Q1", 3.0, 2, "企业开办时间"],
        ["410421", "tax.online_rate", "2021-Q1", 90.0, 2, "网上办税率"],
        ["410422", "start_business.time", "2021-Q1", 2.5, 3, "企业开办时间"],
    ]
    assert batches.batches(db).iloc[0][["user", "file", "kind"]].tolist() == ["分析员", "2021年一季度.csv", "real"]


def test_importing_again_adds_nothing_and_says_which_batch(db: Path, run: Run, file: Path) -> None:
    run("import", file)
    version = data_version(db)
    outcome = run("import", file)
    assert (outcome.code, outcome.out) == (0, "2021年一季度.csv：同一文件已在批次 3 发布，没有新增\n")
    assert data_version(db) == version


def test_a_corrected_file_tells_what_changed(db: Path, run: Run, file: Path) -> None:
    run("import", file)
    file.write_text(WIDE.replace("宝丰县,3", "宝丰县,2").replace("2.5,", "2.5,80"), encoding="utf-8")
    outcome = run("import", file)
    assert outcome.out.endswith("共 4 个数值；新增 1、变更 1、与现有相同 2\n")


def test_a_dry_run_stores_nothing(db: Path, run: Run, file: Path) -> None:
    version = data_version(db)
    outcome = run("import", file, "--dry-run")
    assert (outcome.code, outcome.out) == (0, f"2021年一季度.csv：检查通过，未发布。读到 {READ}\n")
    assert data_version(db) == version


def test_a_refused_file_says_every_reason_and_stores_nothing(db: Path, run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "2021-Q1.csv"
    bad.write_text("区县,企业开办时间\n宝丰县,3\n西平县,1\n叶县,三天\n", encoding="utf-8")
    version = data_version(db)
    assert run("import", bad) == (
        2,
        "",
        "2021-Q1.csv：评价期取自文件名：2021-Q1\n"
        '2021-Q1.csv 第 3 行「区县」："西平县" 不是参评的县（市、区）（期望：参评范围内的名称或代码）\n'
        '2021-Q1.csv 第 4 行「企业开办时间」："三天" 不是数字（期望：数字（工作日），缺失请留空）\n',
    )
    assert data_version(db) == version


@pytest.mark.parametrize(
    ("name", "data", "options", "line"),
    [
        ("没有.csv", None, [], "{file}：读不到文件（No such file or directory）"),
        ("空.csv", b"", [], "空.csv：文件是空的（期望：有表头和数据的 CSV 或 XLSX 文件）"),
        (
            "坏.xlsx",
            b"PK\x03\x04..",
            [],
            "坏.xlsx：不是完整的 XLSX 文件（期望：能在 WPS 或 Excel 中打开的 .xlsx 文件）",
        ),
        (
            "指标.csv",
            WIDE.encode(),
            [],
            "指标.csv：没有评价期列，文件名也看不出评价期（期望：在“评价期”框（命令行 --period）写明，或加一列“评价期”）",
        ),
        (
            "指标.csv",
            WIDE.encode(),
            ["--period", "三季度"],
            '--period "三季度" 不是评价期（期望：2020、2020-H1、2020-Q3 或 2020-09）',
        ),
    ],
)
@pytest.mark.usefixtures("db")
def test_a_file_that_cannot_be_read_is_one_line(
    run: Run, tmp_path: Path, name: str, data: bytes | None, options: list[str], line: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    assert run("import", path, *options) == (2, "", line.format(file=path) + "\n")


def test_a_declaration_is_written_as_the_form(db: Path, run: Run, tmp_path: Path) -> None:
    number = declarations.create(db, "xdc-2019", Declaration(unit="市税务局", horizontal_gap="（演示数据）"), user="甲")
    out = tmp_path / "申报表.docx"
    assert run("declaration", number, "--out", out) == (0, "", "")
    assert read_form(out.read_bytes(), out.name)["unit"] == "市税务局"
    # A made-up value is said to be one, also below the table.
    assert "不是真实情况" in docx.Document(str(out)).paragraphs[-1].text
    assert run("declaration", 99, "--out", out) == (2, "", "没有申报表 99\n")


def test_slides_and_workbook_are_written_for_a_period_and_a_county(db: Path, run: Run, tmp_path: Path) -> None:
    deck, book = tmp_path / "汇报.pptx", tmp_path / "数据.xlsx"
    assert run("slides", "--out", deck, "--period", "2020-Q3", "--region", "410421", "--day", "2020-10-31") == (
        0,
        "",
        "",
    )
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(str(deck)).slides]
    assert "2020年三季度各县（市、区）平均" in titles[1]
    assert any("宝丰县总分" in title for title in titles)
    assert run("workbook", "--out", book, "--period", "2020-Q3") == (0, "", "")
    assert openpyxl.load_workbook(book).sheetnames[0] == "排名（演示数据）"


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (("--day", "年底"), '--day "年底" 不是日期（期望：如 2020-12-31）\n'),
        (("--framework", "x"), '"x" 不是有数值的指标体系（期望：pds-2020、national-18、context-census）\n'),
    ],
)
def test_papers_of_what_there_is_not_are_refused(
    db: Path, run: Run, tmp_path: Path, arguments: tuple, refusal: str
) -> None:
    assert run("workbook", "--out", tmp_path / "x.xlsx", *arguments) == (2, "", refusal)
    assert not (tmp_path / "x.xlsx").exists()


def test_one_sheet_of_a_workbook_with_a_period(db: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "上报.xlsx"
    with pd.ExcelWriter(path) as book:
        for sheet, value in (("甲", 3.0), ("乙", 4.0)):
            pd.DataFrame({"区县": ["宝丰县"], "企业开办时间": [value]}).to_excel(book, sheet_name=sheet, index=False)
    assert run("import", path, "--sheet", "丙", "--period", "2021") == (
        2,
        "",
        "上报.xlsx：没有工作表「丙」（期望：甲、乙）\n",
    )
    assert run("import", path, "--sheet", "乙", "--period", "2021").code == 0
    (row,) = batches.current(db).query("batch == 3").to_dict("records")
    assert (row["value"], row["period"], row["file_sheet"]) == (4.0, "2021", "乙")


def test_batches_are_listed_the_latest_first(run: Run, db: Path, file: Path) -> None:
    run("import", file, "--user", "分析员")
    run("withdraw", 3)
    header, *lines = [line.split("\t") for line in run("batches").out.splitlines()]
    assert header == ["批次", "性质", "状态", "数值", "发布人", "时间", "文件"]
    assert [line[:5] + line[6:] for line in lines] == [
        ["3", "真实", "已撤回", "3", "分析员", "2021年一季度.csv"],
        ["2", "演示", "有效", str(len(batches.current(db).query("kind == 'demo'"))), "系统", "演示数据"],
        ["1", "真实", "有效", "972", "系统", "census-2020.csv"],
    ]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line[5]) for line in lines)


def test_withdrawing_restores_what_stood(db: Path, run: Run, file: Path) -> None:
    before = batches.current(db)
    run("import", file)
    assert run("withdraw", 3, "--user", "乙") == (
        0,
        "已撤回批次 3（3 个数值）：0 个恢复为此前的数值，3 个不再有数值\n",
        "",
    )
    pd.testing.assert_frame_equal(batches.current(db), before)
    assert batches.batches(db).iloc[0]["withdrawn_by"] == "乙"
    assert run("withdraw", 3) == (2, "", "批次 3 已经撤回\n")
    assert run("withdraw", 99) == (2, "", "没有批次 99\n")
    assert run("import", file).out.startswith("2021年一季度.csv：已发布为批次 4。")


def test_check_finds_nothing_then_what_was_broken(db: Path, run: Run) -> None:
    assert run("check") == (0, "没有发现问题\n", "")
    with writing(db, Action.MAINTAIN) as house:
        house.conn.execute("UPDATE fact SET region = '999999' WHERE id = 'F017'")
    assert run("check") == (2, "", 'fact「region」："F017 999999" 地区不在目录中\n')


def test_check_looks_at_the_file_itself(db: Path, run: Run) -> None:
    with writing(db, Action.MAINTAIN) as house:
        house.conn.execute("DROP TRIGGER event_no_delete")
        house["file"].insert({"sha256": "0" * 64, "size": 1, "created_at": "t", "content": b"x"})
    assert run("check") == (
        2,
        "",
        "copy.db：缺少触发器 event_no_delete\nfile：文件 000000000000 的内容与存入时不同\n",
    )
    db.write_bytes(b"text" * 5000)
    assert run("check").code == 2


def test_a_backup_is_made_listed_and_put_back(db: Path, run: Run, tmp_path: Path) -> None:
    assert run("backup", "--to", tmp_path / "there").code == 0
    (made,) = (tmp_path / "there").iterdir()
    assert run("backup").out.startswith(f"已备份并检查：{tmp_path / 'backups' / 'copy_'}")
    assert run("withdraw", 2).code == 0
    outcome = run("restore", made, "--user", "张三")
    assert outcome.code == 0
    assert outcome.out.startswith(
        f"已恢复：{made.name}，数据版本 {data_version(db)}。账号、密码和接口令牌也回到备份时的样子\n"
    )
    assert batches.batches(db)["status"].tolist() == ["published", "published"]
    head, *lines = run("backups").out.splitlines()
    assert head == "时间\t原因\t数据版本\tMB\t文件"
    assert [line.split("\t")[1] for line in lines] == ["恢复前", "手工"]
    assert run("restore", Path(lines[0].split("\t")[-1]).name).code == 0
    assert batches.batches(db)["status"].tolist() == ["withdrawn", "published"]


def test_what_is_no_backup_is_refused(db: Path, run: Run, file: Path) -> None:
    assert run("restore", file) == (2, "", f"{file} 不是数据库，或者已经损坏（file is not a database）：请换一个备份\n")
    assert run("restore", "none.db") == (2, "", "没有备份文件 none.db：请运行 python -m lib backups 查看有哪些\n")


def test_check_finds_an_item_of_the_ledger_that_was_changed_behind_its_history(db: Path, run: Run) -> None:
    ledger.open_items(db, [(Task("一窗受理不到位", owner="甲局", deadline="2020-12-31"), Reading())], user="张三")
    assert run("check").code == 0
    with writing(db, Action.MAINTAIN) as house:
        house.conn.execute("UPDATE item SET state = 'closed'")
    assert run("check") == (2, "", '整改台账："第 1 号" 与台账自己的历史不一致，可能有人直接改过数据库\n')


@pytest.mark.parametrize(
    ("kind", "title"), [("work", "优化营商环境工作通报"), ("week", "优化营商环境周通报"), ("day", "优化营商环境日调度")]
)
def test_a_bulletin_is_written_under_its_number(db: Path, run: Run, tmp_path: Path, kind: str, title: str) -> None:
    out = tmp_path / "通报.docx"
    assert run("bulletin", "--kind", kind, "--number", 38, "--day", "2020-12-31", "--out", out) == (0, "", "")
    lines = [paragraph.text for paragraph in docx.Document(str(out)).paragraphs]
    assert lines[0] == title
    assert ("第38期" in lines[1].replace(" ", "")) == (kind == "work")


UNKNOWN = "这一天之前的期号不知道，第37期是2020年12月4日的，请自己填（--number）\n"
EARLY = "注：评价期 2020年四季度在本通报日期之后结束，请核对。\n"


def test_a_bulletin_without_a_known_number_needs_one(db: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "通报.docx"
    assert run("bulletin", "--day", "2020-11-30", "--period", "2020-Q3", "--out", out) == (2, "", UNKNOWN)
    assert not out.exists()
    given = ("bulletin", "--day", "2020-11-30", "--period", "2020-Q3", "--number", 36, "--out", out)
    assert run(*given) == (0, "", "")
    assert docx.Document(str(out)).paragraphs[1].text == "第36期"


def test_a_bulletin_under_a_number_that_is_taken_or_before_its_period_ends_says_so(
    db: Path, run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "通报.docx"
    taken = "工作通报第37期已经印发过（2020-12-04）\n"
    assert run("bulletin", "--day", "2021-01-05", "--number", 37, "--out", out) == (0, "", taken)
    assert run("bulletin", "--day", "2019-01-01", "--number", 30, "--out", out) == (0, "", EARLY)
    assert EARLY.strip() in [each.text for each in docx.Document(str(out)).paragraphs]
    assert run("bulletin", "--day", "2019-01-01", "--kind", "week", "--out", out) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--kind", "week", "--day", "0001-01-01"], '--day "0001-01-01" 太早或太晚（期望：2000-01-01 到 2100-12-31）'),
        (["--kind", "day", "--day", "0001-01-01"], '--day "0001-01-01" 太早或太晚（期望：2000-01-01 到 2100-12-31）'),
        (["--day", "1999-12-31"], '--day "1999-12-31" 太早或太晚（期望：2000-01-01 到 2100-12-31）'),
        (["--day", "2101-01-01"], '--day "2101-01-01" 太早或太晚（期望：2000-01-01 到 2100-12-31）'),
        (["--number", "9" * 23], f'--number "{"9" * 23}" 不是期号（期望：1 到 9999 的整数）'),
        (["--number", "10000"], '--number "10000" 不是期号（期望：1 到 9999 的整数）'),
        (["--number", "0"], '--number "0" 不是期号（期望：1 到 9999 的整数）'),
    ],
)
def test_a_day_or_number_out_of_bounds_is_refused(
    db: Path, run: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    assert run("bulletin", *arguments, "--out", tmp_path / "x.docx") == (2, "", f"{said}\n")
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize(("day", "number"), [("2000-01-01", 1), ("2100-12-31", 9999)])
def test_the_bounds_themselves_are_good(db: Path, run: Run, tmp_path: Path, day: str, number: int) -> None:
    out = tmp_path / "x.docx"
    assert run("bulletin", "--day", day, "--number", number, "--out", out).code == 0
    assert docx.Document(str(out)).paragraphs[1].text == f"第{number}期"


def test_a_declaration_of_a_number_too_long_is_none(db: Path, run: Run, tmp_path: Path) -> None:
    number = "9" * 23
    assert run("declaration", number, "--out", tmp_path / "x.docx") == (2, "", f"没有申报表 {number}\n")


def test_seeding_a_seeded_house_adds_nothing(db: Path, run: Run) -> None:
    before = batches.batches(db)
    outcome = run("seed")
    assert (outcome.code, outcome.out.splitlines()[0]) == (0, "已载入目录")
    assert "census-2020.csv：已有，未重复导入" in outcome.out
    pd.testing.assert_frame_equal(batches.batches(db), before)


def test_a_house_that_is_not_there_is_made_without_the_demonstration(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUIBIAO_DB", str(tmp_path / "new" / "d.db"))
    assert [line.split("\t")[1] for line in run("batches").out.splitlines()] == ["性质", "真实"]
    assert run("seed", "--no-demo").out.splitlines()[-1] == "census-2020.csv：已有，未重复导入"
    assert run("seed", "--demo").out.splitlines()[-1].startswith("演示数据：")
    assert set(batches.batches(tmp_path / "new" / "d.db")["kind"]) == {"real", "demo"}


def test_a_newer_database_is_refused(db: Path, run: Run) -> None:
    with connect(db) as house:
        house.conn.execute("PRAGMA user_version = 99")
    code, out, err = run("check")
    assert (code, out) == (2, "")
    assert err.startswith("数据库版本 99 比本软件（")
    assert len(err.splitlines()) == 1


COMMANDS = [
    *("score", "import", "batches", "withdraw", "republish", "release", "original", "template", "declaration"),
    *("bulletin", "slides", "workbook", "check", "seed"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_chinese(run: Run, command: str) -> None:
    outcome = run(command, "--help")
    assert outcome.code == 0
    assert re.search(r"[\u4e00-\u9fff]{4}", outcome.out)
    assert command in run("--help").out
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["withdraw", "first"], ["import"], ["seed", "--nothing"]])
def test_a_command_that_is_none_exits_with_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).code == 2


def test_two_processes_importing_at_the_same_time_both_publish(db: Path, tmp_path: Path) -> None:
    files = [tmp_path / "2021-Q1.csv", tmp_path / "2021-Q2.csv"]
    for path in files:
        path.write_text(WIDE, encoding="utf-8")
    environment = {**os.environ, "DUIBIAO_DB": str(db), "PYTHONIOENCODING": "utf-8"}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "lib", "import", str(path)], cwd=ROOT, env=environment, stdout=-1, stderr=-1
        )
        for path in files
    ]
    ended = [process.communicate(timeout=300) for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert sorted(re.findall(r"批次 (\d+)", "".join(out.decode() for out, _ in ended))) == ["3", "4"]
    assert batches.current(db).query("batch > 2").groupby("period").size().to_dict() == {"2021-Q1": 3, "2021-Q2": 3}


def test_a_refusal_of_the_real_process_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    arguments = ["score", "--framework", "no.csv", "--observations", "no.csv", "--out", str(tmp_path / "S.csv")]
    done = subprocess.run([sys.executable, "-m", "lib", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "no.csv：读不到文件（No such file or directory）\n"


# ---- score: the whole contract on one small table, each number worked out by hand ----------------------------------

# Three levels, both directions, an empty weight (1), and a power: scores bend as share^0.5.
FRAMEWORK = """code,parent,name,weight,direction,best,worst,unit,power
t,,总分,,,,,,
A,t,甲,2,,,,,
B,t,乙,,,,,,
A.time,A,时间,1,lower,0,10,工作日,
A.rate,A,比率,3,higher,100,0,%,
B.tax,B,税负,,lower,20,60,%,0.5
"""
# NA:  A.time (10−5)/10 = 50   A.rate 90         B.tax ((60−50)/40)^½ = ¼^½ → 50
# 甲:  A.time missing           A.rate 40         B.tax ((60−34.4)/40)^½ = 0.64^½ → 80
# 乙:  A.time (10−4)/10 = 60    A.rate 60         B.tax ((60−27.6)/40)^½ = 0.81^½ → 90
# 丙:  nothing                                    B.tax 10 lies beyond the best: clipped to 100
OBSERVATIONS = """region,measure,period,value
NA,A.time,2020,5
NA,A.rate,2020,90
NA,B.tax,2020,50
410421,A.time,2020,
410421,A.rate,2020,40
410421,B.tax,2020,34.4
410422,A.time,2020,4
410422,A.rate,2020,60
410422,B.tax,2020,27.6
410471,B.tax,2020,10
NA,A.rate,2019-Q4,70
"""
Row = tuple[float | None, float, int | None, int | None]
Scored = dict[tuple[str, str, str], Row]


@pytest.fixture
def score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable:
    """Scores a framework and observations with options: exit code, standard error, and S.csv's text (None: not made)."""

    def scorer(*options: str, f: str = FRAMEWORK, o: str = OBSERVATIONS) -> tuple[int, str, str | None]:
        (tmp_path / "F.csv").write_text(f, encoding="utf-8")
        (tmp_path / "O.csv").write_text(o, encoding="utf-8")
        paths = {
            f"--{name}": str(tmp_path / file) for name, file in (("framework", "F.csv"), ("observations", "O.csv"))
        }
        paths["--out"] = str(tmp_path / "S.csv")
        monkeypatch.setattr(sys, "argv", ["lib", "score", *(part for pair in paths.items() for part in pair), *options])
        with pytest.raises(SystemExit) as exited:
            cli.main()
        made = tmp_path / "S.csv"
        return int(exited.value.code or 0), capsys.readouterr().err, made.read_text("utf-8") if made.exists() else None

    return scorer


@pytest.fixture
def table(score: Callable) -> Callable[..., Scored]:
    """S.csv of a scoring without fault, by region, period and code."""

    def reader(*options: str, **texts: str) -> Scored:
        code, _, text = score(*options, **texts)
        assert code == 0
        rows = csv.DictReader(text.splitlines())
        return {
            (row["region"], row["period"], row["code"]): (
                float(row["score"]) if row["score"] else None,
                float(row["coverage"]),
                int(row["rank"]) if row["rank"] else None,
                int(row["tier"]) if row["tier"] else None,
            )
            for row in rows
        }

    return reader


def scores(table: Scored, code: str) -> dict[str, float | None]:
    return {region: row[0] for (region, period, at), row in table.items() if (period, at) == ("2020", code)}


def test_every_score_coverage_rank_and_tier(table: Callable[..., Scored]) -> None:
    # A = (1·time + 3·rate) / 4; t = (2·A + B) / 3. Four regions: tiers end at 2 and 3.
    wanted: Scored = {
        ("NA", "2020", "A.time"): (50, 1, 2, 1),
        ("NA", "2020", "A.rate"): (90, 1, 1, 1),
        ("NA", "2020", "B.tax"): (50, 1, 4, 3),
        ("NA", "2020", "A"): (80, 1, 1, 1),  # (50 + 270) / 4
        ("NA", "2020", "B"): (50, 1, 4, 3),
        ("NA", "2020", "t"): (70, 1, 2, 1),  # (160 + 50) / 3
        ("410421", "2020", "A.time"): (None, 0, None, None),
        ("410421", "2020", "A.rate"): (40, 1, 3, 2),
        ("410421", "2020", "B.tax"): (80, 1, 3, 2),
        ("410421", "2020", "A"): (40, 0.75, 3, 2),  # the rate alone: 3 of 4 of the weight
        ("410421", "2020", "B"): (80, 1, 3, 2),
        ("410421", "2020", "t"): (160 / 3, 1, 4, 3),  # (80 + 80) / 3
        ("410422", "2020", "A.time"): (60, 1, 1, 1),
        ("410422", "2020", "A.rate"): (60, 1, 2, 1),
        ("410422", "2020", "B.tax"): (90, 1, 2, 1),
        ("410422", "2020", "A"): (60, 1, 2, 1),
        ("410422", "2020", "B"): (90, 1, 2, 1),
        ("410422", "2020", "t"): (70, 1, 2, 1),  # (120 + 90) / 3: a tie, both second, nobody third
        ("410471", "2020", "A.time"): (None, 0, None, None),
        ("410471", "2020", "A.rate"): (None, 0, None, None),
        ("410471", "2020", "B.tax"): (100, 1, 1, 1),
        ("410471", "2020", "A"): (None, 0, None, None),
        ("410471", "2020", "B"): (100, 1, 1, 1),
        ("410471", "2020", "t"): (100, 1 / 3, 1, 1),  # B alone
        ("NA", "2019-Q4", "A.time"): (None, 0, None, None),
        ("NA", "2019-Q4", "A.rate"): (70, 1, 1, 1),
        ("NA", "2019-Q4", "B.tax"): (None, 0, None, None),
        ("NA", "2019-Q4", "A"): (70, 0.75, 1, 1),
        ("NA", "2019-Q4", "B"): (None, 0, None, None),
        ("NA", "2019-Q4", "t"): (70, 2 / 3, 1, 1),
    }
    found = table()
    assert found.keys() == wanted.keys()
    for key, (score, coverage, *place) in wanted.items():
        assert found[key][0] == (None if score is None else pytest.approx(score, rel=1e-12)), key
        assert found[key][1] == pytest.approx(coverage, rel=1e-12), key
        assert list(found[key][2:]) == place, key


def test_the_file_itself(score: Callable) -> None:
    code, err, text = score()
    lines = text.split("\n")
    assert (code, lines[0], lines[-1]) == (0, "region,period,code,score,coverage,rank,tier", "")
    assert len(lines) == 1 + 5 * 6 + 1
    assert lines[1].startswith("NA,2019-Q4,t,70.0,0.66666666666666")  # periods in time's order, full precision
    assert "410471,2020,A,,0.0,," in lines
    assert err == "2019-Q4 A.time 不计分：没有数值\n2019-Q4 B.tax 不计分：没有数值\n"


def test_min_coverage_makes_a_node_missing_with_its_coverage_still_shown(table: Callable[..., Scored]) -> None:
    found = table("--min-coverage", "0.75")
    assert found["410471", "2020", "t"] == (None, pytest.approx(1 / 3), None, None)
    assert found["410421", "2020", "A"] == (40, 0.75, 3, 2)  # exactly at the floor stays
    assert [found[r, "2020", "t"][2] for r in ("NA", "410422", "410421")] == [1, 1, 3]
    above = table("--min-coverage", "0.76")
    # 甲's A goes, so t has only B: 1 of 3 of the weight, and goes too.
    assert above["410421", "2020", "A"] == (None, 0.75, None, None)
    assert above["410421", "2020", "t"] == (None, pytest.approx(1 / 3), None, None)


@pytest.mark.parametrize(
    ("mean", "a", "t"),
    [
        # A = 4 / (1/50 + 3/90) = 75; t = 3 / (2/75 + 1/50) = 450/7
        ("harmonic", 75.0, 450 / 7),
        # A = (50 · 90³)^¼; t = (A² · 50)^⅓
        ("geometric", (50 * 90**3) ** 0.25, ((50 * 90**3) ** 0.5 * 50) ** (1 / 3)),
    ],
)
def test_other_means(table: Callable[..., Scored], mean: str, a: float, t: float) -> None:
    found = table("--aggregate", mean)
    assert scores(found, "A")["NA"] == pytest.approx(a, rel=1e-12)
    assert scores(found, "t")["NA"] == pytest.approx(t, rel=1e-12)
    assert scores(found, "A")["410421"] == pytest.approx(40, rel=1e-12)  # the one child present


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_a_zero_makes_a_geometric_or_harmonic_mean_zero(table: Callable[..., Scored], mean: str) -> None:
    found = table("--aggregate", mean, o=OBSERVATIONS.replace("NA,B.tax,2020,50", "NA,B.tax,2020,60"))
    assert (scores(found, "B")["NA"], scores(found, "t")["NA"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("method", "time", "rate"),
    [
        # The cohort's own ends: times 5 and 4, rates 90, 40 and 60.
        ("minmax", {"NA": 0, "410422": 100}, {"NA": 100, "410421": 0, "410422": 40}),
        # Share of the others that are left behind.
        ("rank", {"NA": 0, "410422": 100}, {"NA": 100, "410421": 0, "410422": 50}),
        # (x − mean) / s. Times: ∓½ / √½. Rates: mean 190/3, s² = (80² + 70² + 10²) / 9 / 2 = 1900/3.
        (
            "zscore",
            {"NA": -math.sqrt(0.5), "410422": math.sqrt(0.5)},
            {region: x / 3 / math.sqrt(1900 / 3) for region, x in (("NA", 80), ("410421", -70), ("410422", -10))},
        ),
    ],
)
def test_other_scales(
    table: Callable[..., Scored], method: str, time: dict[str, float], rate: dict[str, float]
) -> None:
    found = table("--normalise", method)
    for code, wanted in (("A.time", time), ("A.rate", rate)):
        present = {region: score for region, score in scores(found, code).items() if score is not None}
        assert present == pytest.approx(wanted, rel=1e-12)


def test_a_flat_measure_scores_nothing_and_says_why(score: Callable) -> None:
    code, err, text = score(
        "--normalise", "minmax", o="region,measure,period,value\nx,A.rate,2020,7\ny,A.rate,2020,7\n"
    )
    assert code == 0
    assert "2020 A.rate 不计分：各地区数值相同，无法区分\n" in err
    assert "x,2020,t,,0.0,,\n" in text


def test_tiers_end_where_one_says(table: Callable[..., Scored]) -> None:
    found = table("--tiers", "1,3")
    assert {region: found[region, "2020", "t"][3] for region in ("410471", "NA", "410422", "410421")} == {
        **{"410471": 1, "NA": 2, "410422": 2, "410421": 3}
    }


def test_no_observations_make_a_header_only(score: Callable) -> None:
    assert score(o="region,measure,period,value\n") == (0, "", "region,period,code,score,coverage,rank,tier\n")


def test_a_warning_does_not_stop_the_scoring(score: Callable) -> None:
    code, err, text = score(f=FRAMEWORK.replace("B,t,乙,,,", "B,t,乙,,lower,"))
    assert (code, text is not None) == (0, True)
    assert err.splitlines()[0] == 'F.csv 第 4 行「direction」："B" 有下级的指标不用方向和最优最差值，已忽略'


@pytest.mark.parametrize(
    ("f", "o", "options", "line"),
    [
        (("A.time,A", "A.time,X"), None, [], 'F.csv 第 5 行「parent」："X" 上级代码不存在（期望：本文件中的代码）'),
        (
            ("lower,0,10", "lower,10,10"),
            None,
            [],
            'F.csv 第 5 行「best」："10 / 10" 最优值等于最差值（期望：两者不同）',
        ),
        (("0.5\n", "0\n"), None, [], 'F.csv 第 7 行「power」："0" 指数应大于 0（期望：正数，空为 1）'),
        (None, ("2020,90", "2020,九十"), [], 'O.csv 第 3 行「value」："九十" 不是数字（期望：数字，空为缺失）'),
        (
            None,
            ("A.time,2020,5", "A.tim,2020,5"),
            [],
            'O.csv 第 2 行「measure」："A.tim" 不是指标体系中的测度（期望：指标体系中的末级代码）',
        ),
        (
            None,
            ("A.time,2020,5", "A,2020,5"),
            [],
            'O.csv 第 2 行「measure」："A" 不是指标体系中的测度（期望：指标体系中的末级代码）',
        ),
        (
            None,
            ("2019-Q4", "2019Q4"),
            [],
            'O.csv 第 12 行「period」："2019Q4" 不是评价期（期望：2020、2020-H1、2020-Q3 或 2020-09）',
        ),
        (
            None,
            ("410471,B", "410422,B"),
            [],
            'O.csv 第 11 行「region」："410422" 同一地区、测度、评价期重复（期望：每个地区、测度、评价期一行）',
        ),
        (None, None, ["--tiers", "三等"], '--tiers "三等" 不是名次（期望：递增的整数，如 5,9）'),
        (None, None, ["--tiers", "9,5"], '--tiers "9,5" 不是递增的名次（期望：递增的整数，如 5,9）'),
        (
            None,
            None,
            ["--normalise", "zscore", "--aggregate", "geometric"],
            "标准分（zscore）有负值，只能用算术平均汇总；请改用 arithmetic，或改用别的标准化方法",
        ),
    ],
)
def test_each_refusal_is_one_line_that_says_where(
    score: Callable, f: tuple[str, str] | None, o: tuple[str, str] | None, options: list[str], line: str
) -> None:
    texts = {"f": FRAMEWORK.replace(*f) if f else FRAMEWORK, "o": OBSERVATIONS.replace(*o) if o else OBSERVATIONS}
    assert score(*options, **texts) == (2, line + "\n", None)


@pytest.mark.parametrize(
    "options", [["--normalise", "magic"], ["--aggregate", "median"], ["--min-coverage", "1.5"], ["--min-coverage", "x"]]
)
def test_an_option_that_is_none_exits_with_2_and_writes_nothing(score: Callable, options: list[str]) -> None:
    code, err, text = score(*options)
    assert (code, text) == (2, None)
    assert options[0] in err


def test_a_place_that_cannot_be_written_is_named(score: Callable, tmp_path: Path) -> None:
    place = tmp_path / "none" / "S.csv"
    code, err, text = score("--out", str(place))
    assert (code, text) == (2, None)
    assert err.splitlines()[-1] == f"{place}：写不进文件（No such file or directory）"
