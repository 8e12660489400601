"""The analyst's and the server's door: scoring, bringing data in and taking it back, checking, filling an empty house."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from lib import check as checking
from lib import office, papers
from lib import seed as seeding
from lib.commands import accounts, keeping, tokens
from lib.context import Context
from lib.core.declaration import cells as form_cells
from lib.core.score import score as score_frame
from lib.export.bulletin import render as render_bulletin
from lib.export.declaration import form as declaration_form
from lib.export.declaration import mentions_made_up
from lib.ingest.tidy import read_framework, read_observations
from lib.ingest.vocabulary import Word, plain
from lib.model import UNITS, Aggregate, Normalise, Period, ScoreOptions, UserError
from lib.model.bulletin import MOST, Paperwork
from lib.scenarios import Result, result
from lib.store import batches, catalog, declarations, default_path, files, migrate
from lib.store.events import today
from lib.store.scenarios import scenario as saved_scenario

cli = typer.Typer(
    help="对标台命令行",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
cli.add_typer(accounts.group, name="account")
keeping.register(cli)
cli.add_typer(tokens.token, name="token")
REFUSED = 2
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
# The store counts in 64 bits.
_BITS = 63


def main() -> None:
    """Runs a command; what a user did wrong is one line each on standard error and exit code 2."""
    try:
        cli()
    except UserError as error:
        for issue in error.issues:
            typer.echo(str(issue), err=True)
        sys.exit(REFUSED)


@cli.command()
def score(
    framework: Annotated[Path, typer.Option(help="指标体系 CSV")],
    observations: Annotated[Path, typer.Option(help="数据 CSV：region,measure,period,value")],
    out: Annotated[Path, typer.Option(help="得分写到这个 CSV")],
    normalise: Annotated[Normalise, typer.Option(help="标准化方法")] = Normalise.FRONTIER,
    aggregate: Annotated[Aggregate, typer.Option(help="汇总方法")] = Aggregate.ARITHMETIC,
    min_coverage: Annotated[float, typer.Option(help="最低覆盖率，0–1", min=0.0, max=1.0)] = 0.0,
    tiers: Annotated[str, typer.Option(help="各方阵的末位名次，如 5,9；不写按三等分")] = "",
) -> None:
    """给一张数据表计分、排名、分方阵。"""
    tree, warnings = read_framework(read_bytes(framework), framework.name)
    for issue in warnings:
        typer.echo(str(issue), err=True)
    rows = read_observations(read_bytes(observations), observations.name, tree.leaves)
    options = ScoreOptions(normalise, aggregate, min_coverage, _cuts(tiers))
    result = score_frame(rows, tree, options)
    for (period, measure), reason in result.reasons.items():
        typer.echo(f"{period} {measure} 不计分：{reason}", err=True)
    write_text(out, result.frame.to_csv(index=False, lineterminator="\n"))


@cli.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV、TSV 或 XLSX 文件")],
    sheet: Annotated[str | None, typer.Option(help="工作表名；不写则读全部")] = None,
    period: Annotated[str | None, typer.Option(help="评价期，如 2020-Q3；文件里没有时必填")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不发布")] = False,
    user: Annotated[str, typer.Option(help="发布人")] = "命令行",
    department: Annotated[
        str, typer.Option(help="报送单位的代码：用为它记住的列名；--as 和 --unit 的说明也为它记住，不写则只用这一次")
    ] = "",
    as_: Annotated[
        list[str] | None, typer.Option("--as", help="说明一个写法：列名=测度代码；等号后为空表示不导入")
    ] = None,
    unit: Annotated[list[str] | None, typer.Option(help="说明一列的单位：列名=小数、列名=小时")] = None,
    due: Annotated[str, typer.Option(help="定于某日发布，如 2020-12-01；不写则立即发布")] = "",
    note: Annotated[str, typer.Option(help="备注")] = "",
) -> None:
    """检查并发布一个数据文件：退出码 0 已发布，2 拒绝并说明原因。"""
    path, data = _ready(), read_bytes(file)
    if period is not None:
        _check_period(period)
    _check_department(path, department)
    day = _day(due)
    said = _said(path, department, as_ or [], unit or [])
    opened = office.open_file(data, file.name, sheet)
    reading = office.understand(opened, office.vocabulary(path, department, said), period, [sheet] if sheet else None)
    for issue in reading.issues:
        typer.echo(str(issue), err=True)
    if reading.errors:
        raise typer.Exit(REFUSED)
    rows = reading.rows
    size = (
        f"{rows['region'].nunique()} 个县（市、区）、{rows['measure'].nunique()} 个测度、"
        f"{'、'.join(sorted(rows['period'].unique()))} 期，共 {len(rows)} 个数值"
    )
    if dry_run:
        typer.echo(f"{opened.name}：检查通过，未发布。读到 {size}")
        return
    upload = office.upload(opened, reading, department=department, note=note)
    (receipt,) = batches.publish_all(path, [upload], user=user, due=day)
    if department:
        office.remember(path, department, said, user=user)
    if receipt.batch is None:
        typer.echo(f"{opened.name}：同一文件已在批次 {receipt.same_as} 发布，没有新增")
        return
    typer.echo(
        f"{opened.name}：{f'将于 {due} 发布，已存' if due else '已发布'}为批次 {receipt.batch}。{size}；"
        f"新增 {receipt.added}、变更 {receipt.changed}、与现有相同 {receipt.unchanged}"
    )


@cli.command(name="batches")
def list_batches() -> None:
    """列出所有批次，最近的在前。"""
    rows = batches.batches(_ready())
    typer.echo("批次\t性质\t状态\t数值\t发布人\t时间\t文件")
    kinds = {"real": "真实", "demo": "演示"}
    states = {"published": "有效", "withdrawn": "已撤回", "scheduled": "待发布"}
    for row in rows.itertuples():
        fields = (row.id, kinds[row.kind], states[row.status], row.rows, row.user, row.created_at, row.file)
        typer.echo("\t".join(str(field) for field in fields))


@cli.command()
def withdraw(
    batch: Annotated[int, typer.Argument(help="批次号")],
    user: Annotated[str, typer.Option(help="撤回人")] = "命令行",
) -> None:
    """撤回一个批次，恢复此前的数值。"""
    done = batches.withdraw(_ready(), batch, user=user)
    typer.echo(
        f"已撤回批次 {batch}（{done.rows} 个数值）：{done.restored} 个恢复为此前的数值，{done.gone} 个不再有数值"
        + (f"，{done.back} 个演示数据重新显示" if done.back else "")
    )


@cli.command()
def republish(
    batch: Annotated[int, typer.Argument(help="批次号")],
    user: Annotated[str, typer.Option(help="发布人")] = "命令行",
) -> None:
    """重新发布一个已撤回的批次，它的数值排在最新。"""
    batches.republish(_ready(), batch, user=user)
    typer.echo(f"已重新发布批次 {batch}")


@cli.command()
def release() -> None:
    """发布到期的定时批次；服务运行时会自动做。"""
    done = batches.release_due(_ready(), today())
    typer.echo(f"已发布到期的批次：{'、'.join(map(str, done))}" if done else "没有到期的批次")


@cli.command()
def original(
    batch: Annotated[int, typer.Argument(help="批次号")],
    out: Annotated[Path, typer.Option(help="写到这个文件")],
) -> None:
    """取出一个批次的原文件。"""
    path = _ready()
    rows = batches.batches(path).set_index("id")
    if batch not in rows.index:
        raise UserError(f"没有批次 {batch}")
    write_bytes(out, files.content(path, str(rows.at[batch, "sha256"])))


@cli.command()
def template(
    framework: Annotated[str, typer.Option(help="指标体系的代码，如 pds-2020")],
    period: Annotated[str, typer.Option(help="评价期，如 2020-Q3")],
    out: Annotated[Path, typer.Option(help="写到这个 XLSX")],
    prefill: Annotated[bool, typer.Option("--prefill", help="预填已有的真实数值")] = False,
) -> None:
    """生成填报模板（XLSX）：地区和测度已填好，填完可直接导入。"""
    path = _ready()
    _check_period(period)
    write_bytes(out, office.form(path, framework, period, prefilled=prefill))


@cli.command()
def declaration(
    number: Annotated[int, typer.Argument(help="申报表的号")],
    out: Annotated[Path, typer.Option(help="写到这个 DOCX")],
) -> None:
    """导出一份申报表（Word，附件2 的表格）。"""
    path = _ready()
    if abs(number).bit_length() > _BITS:
        raise UserError(f"没有申报表 {number}")
    filed = declarations.declaration(path, number)
    cells = form_cells(filed.content, catalog.measures(path))
    made_up = any(baseline.made_up for baseline in filed.baseline) or mentions_made_up(cells)
    write_bytes(out, declaration_form(cells, made_up=made_up))


Framework = Annotated[str, typer.Option(help="指标体系的代码，如 pds-2020；不写取第一个有数值的")]
When = Annotated[str, typer.Option(help="评价期，如 2020-Q4；不写取最近一期")]
AsOf = Annotated[str, typer.Option(help="截至哪一天，如 2020-12-31；不写取今天")]
Tried = Annotated[int, typer.Option(help="写进哪个推演方案，方案的号；不写不用保存的方案")]


@cli.command()
def bulletin(
    out: Annotated[Path, typer.Option(help="写到这个 DOCX")],
    number: Annotated[int | None, typer.Option(help="期号；不写取下一期")] = None,
    kind: Annotated[Paperwork, typer.Option(help="work 工作通报，week 周通报，day 日调度")] = Paperwork.WORK,
    framework: Framework = "",
    period: When = "",
    day: AsOf = "",
    scenario: Tried = 0,
) -> None:
    """生成通报稿（Word，公文格式）：每个数来自数据，附数据出处。只出稿，不登记为已印发。"""
    if number is not None and not 1 <= number <= MOST:
        raise UserError(f'--number "{number}" 不是期号（期望：1 到 {MOST} 的整数）')
    material = papers.gather(_ready(), _as_of(day), framework=framework, period=period)
    tried = next(iter(_tried(material.context, scenario)), None)
    paper = papers.bulletin(material, kind, number=number, tried=tried)
    if paper.number is None:
        raise UserError(f"{papers.no_number(material)}（--number）")
    for doubt in papers.doubts(material, paper):
        typer.echo(doubt, err=True)
    write_bytes(out, render_bulletin(paper))


@cli.command()
def slides(
    out: Annotated[Path, typer.Option(help="写到这个 PPTX")],
    framework: Framework = "",
    period: When = "",
    day: AsOf = "",
    region: Annotated[str, typer.Option(help="推演哪个县（市、区），区划代码；不写取末位")] = "",
    scenario: Tried = 0,
) -> None:
    """生成会议用的汇报 PPT：图表可以直接编辑。"""
    material = papers.gather(_ready(), _as_of(day), framework=framework, period=period, region=region)
    write_bytes(out, papers.presentation(material, _tried(material.context, scenario)))


def _tried(context: Context, number: int) -> list[Result]:
    """What comes of the scenario of that number; none for 0."""
    if not number:
        return []
    found = saved_scenario(_ready(), number)
    return [result(context, found.scenario, found.name)]


@cli.command()
def workbook(
    out: Annotated[Path, typer.Option(help="写到这个 XLSX")],
    framework: Framework = "",
    period: When = "",
    day: AsOf = "",
) -> None:
    """生成数据工作簿：排名、热力图、数值明细、目标、整改台账、来源。"""
    write_bytes(out, papers.workbook(papers.gather(_ready(), _as_of(day), framework=framework, period=period)))


@cli.command()
def check() -> None:
    """检查数据库和目录是否完好一致：退出码 0 无问题，2 有问题。"""
    found = list(checking.problems(_ready()))
    for issue in found:
        typer.echo(str(issue), err=True)
    if found:
        raise typer.Exit(REFUSED)
    typer.echo("没有发现问题")


@cli.command()
def seed(demo: Annotated[bool, typer.Option("--demo/--no-demo", help="是否载入演示数据")] = True) -> None:
    """建库或升级，载入目录、真实数据和演示数据；重复运行不会重复导入。"""
    for line in seeding.seed(default_path(), demo=demo):
        typer.echo(line)


def _ready() -> Path:
    """The database, made and given its catalogue if it is not there yet."""
    path = default_path()
    migrate(path)
    if catalog.empty(path):
        seeding.seed(path, demo=False)
    return path


def _check_period(text: str) -> None:
    try:
        Period.parse(text)
    except ValueError as error:
        raise UserError(f"--period {error}") from error


def read_bytes(path: Path) -> bytes:
    """A file's content; UserError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{path}：读不到文件（{error.strerror}）") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file; UserError when it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UserError(f"{path}：写不进文件（{error.strerror}）") from error


def write_text(path: Path, text: str) -> None:
    """Writes a text file as UTF-8; UserError when it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UserError(f"{path}：写不进文件（{error.strerror}）") from error


def _check_department(path: Path, code: str) -> None:
    known = set(catalog.table(path, "department")["code"])
    if code and code not in known:
        raise UserError(f'--department "{code}" 不是单位代码（期望：data/catalog/departments.csv 中的 code）')


def _said(path: Path, department: str, meanings: list[str], units: list[str]) -> dict[tuple[str, str], Word]:
    """What --as and --unit say: 列名=代码 for measures or members, 列名=单位."""
    words = office.vocabulary(path, department)
    members = {region.code for region in words.members}
    said: dict[tuple[str, str], Word] = {}
    for text in meanings:
        name, equals, code = text.partition("=")
        if not equals or (code and code not in words.by_code and code not in members):
            raise UserError(f'--as "{text}" 看不懂（期望：列名=测度代码，或 地名=区划代码，等号后为空表示不导入）')
        said["region" if code in members else "measure", plain(name)] = Word(code)
    for text in units:
        name, equals, unit = text.partition("=")
        known = said.get(("measure", plain(name)))
        match = words.match(name)
        code = known.code if known else match.measure.code if match else ""
        if not equals or unit not in UNITS or not code:
            raise UserError(f'--unit "{text}" 看不懂（期望：已识别的列名=单位，单位如 小数、%、小时、万元）')
        said["measure", plain(name)] = Word(code, unit)
    return said


def _day(text: str) -> str:
    """A day to wait for, ISO; "" for now. UserError when it is none or not in the future."""
    if not text:
        return ""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise UserError(f'--due "{text}" 不是日期（期望：如 2020-12-01）') from None
    if day.isoformat() <= today():
        raise UserError(f'--due "{text}" 不是今后的日期（期望：{today()} 以后）')
    return day.isoformat()


def _as_of(text: str) -> date:
    """A day, ISO; today for none. UserError when it is none or not of this century."""
    try:
        day = date.fromisoformat(text or today())
    except ValueError:
        raise UserError(f'--day "{text}" 不是日期（期望：如 2020-12-31）') from None
    if not EARLIEST <= day <= LATEST:
        raise UserError(f'--day "{text}" 太早或太晚（期望：{EARLIEST} 到 {LATEST}）')
    return day


def _cuts(text: str) -> tuple[int, ...] | None:
    if not text:
        return None
    try:
        cuts = tuple(int(part) for part in text.split(","))
    except ValueError:
        raise UserError(f'--tiers "{text}" 不是名次（期望：递增的整数，如 5,9）') from None
    if list(cuts) != sorted(set(cuts)) or cuts[0] < 1:
        raise UserError(f'--tiers "{text}" 不是递增的名次（期望：递增的整数，如 5,9）')
    return cuts
