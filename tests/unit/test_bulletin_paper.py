"""The bulletin as a Word file: its format by GB/T 9704, and every number in it read again and worked out from the database by hand."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from lib.core.brief import stray
from lib.export.bulletin import render
from lib.model.bulletin import HEAD, Edit, Figure, Paper, Paperwork, worded
from lib.model.ledger import Action, Reading, Task
from lib.model.tally import Kind
from lib.papers import Material, bulletin, doubts, gather, no_number
from lib.store import ledger, tallies
from lib.view.bulletin import cited, title_lines
from lib.view.bulletin.sheet import sheet
from tests.pages import reckon

DAY = date(2026, 11, 23)
NOW, BEFORE = "2020-Q4", "2020-Q3"
REGIONS = {name: code for code, name in reckon.SHORT.items()}
TREE = list(csv.DictReader((reckon.TREE / "pds-2020.csv").open(encoding="utf-8")))
CODES = {node["name"]: node["code"] for node in TREE if not node["parent"].count(".")} | {"总分": "pds-2020"}
PROBLEM = "企业开办时间仍为7小时"
BY_HAND = {
    "台账事项": "3项",
    "台账：待整改": "1项",
    "台账：整改中": "1项",
    "台账：已销号": "1项",
    "台账：新列入": "3项",
    "台账：销号": "1项",
    "台账：逾期": "1项",
    "台账：最长逾期": "24天",
    "台账第1号逾期": "24天",
    "台账第2号距到期": "8天",
    "市市场监管局逾期事项": "1项",
    "收到投诉": "8起",
    "召开": "2次",
    "联席会议": "2次",
    "台账：两周内到期": "1项",
    "通报点名的短板指标": "10个",
    "平均得分最低的指标": "5个",
}


@pytest.fixture(scope="module")
def busy(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeded database with three items, one late, one soon due, one closed, and two months of counts."""
    path = tmp_path_factory.mktemp("busy") / "duibiao.db"
    shutil.copy(seeded, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "now", lambda: "2026-11-10T02:00:00Z")
        steps = (Action("开设2个专窗", "2026-10-01", "2026-11-20"), Action("全程网办", "2026-11-30"))
        owner = "market_regulation"
        tasks = [
            Task(PROBLEM, subject="start_business.time", owner=owner, deadline="2026-10-30", actions=steps),
            Task("审批慢", subject="investment", owner="development_reform", deadline="2026-12-01"),
            Task("资料不共享", subject="property", owner="natural_resources", deadline="2026-12-31"),
        ]
        first, _, third = ledger.open_items(path, [(task, Reading()) for task in tasks], user="张三")
        ledger.move(path, first, "start", "", Reading(), seen=ledger.item(path, first), user="张三")
        ledger.move(path, third, "start", "", Reading(), seen=ledger.item(path, third), user="张三")
        ledger.attach(path, third, b"proof", "a.txt", "", user="张三")
        ledger.move(path, third, "submit", "通了", Reading(), seen=ledger.item(path, third), user="张三")
        ledger.move(path, third, "close", "同意", Reading(), seen=ledger.item(path, third), user="李四")
    counts = {("2026-10", Kind.COMPLAINTS): 7, ("2026-11", Kind.COMPLAINTS): 1, ("2026-11", Kind.MEETINGS): 2}
    tallies.enter(path, counts, user="张三")
    return path


@pytest.fixture(scope="module")
def material(busy: Path) -> Material:
    return gather(busy, DAY)


@pytest.fixture(scope="module")
def paper(material: Material) -> Paper:
    return bulletin(material)


def opened(paper: Paper):
    return docx.Document(io.BytesIO(render(paper)))


def body(document) -> list[str]:
    """The text between the head and the appendix."""
    lines = [(each.style.name, each.text) for each in document.paragraphs]
    return [words for style, words in lines if style in ("公文标题", "公文一级标题", "公文正文")]


# Dates, numbers of issues, items and documents, titles of documents: all that is no figure.
NO_FIGURE = re.compile(
    r"《[^》]*》|〔\d+〕\d+号|第\d+[期号]|\d{4}年第\d+周|\d{4}年(\d+月(\d+日)?|.季度)?|至?\d+月(\d+日)?"
)


@pytest.mark.parametrize("kind", list(Paperwork))
def test_every_number_in_the_document_is_a_figure_of_the_paper(material: Material, kind: Paperwork) -> None:
    paper = bulletin(material, kind)
    figures = sorted({figure.text for figure in paper.figures}, key=len, reverse=True)
    assert figures
    for words in body(opened(paper)):
        left = words
        for name in (*paper.names, *figures):
            left = re.sub(rf"(?<!\d)(?<!\d\.){re.escape(name)}", "", left)
        assert re.findall(r"\d", NO_FIGURE.sub("", left)) == [], words


@pytest.mark.parametrize("kind", list(Paperwork))
def test_every_figure_is_in_the_document_and_in_its_appendix(material: Material, kind: Paperwork) -> None:
    paper = bulletin(material, kind)
    document = opened(paper)
    text = "".join(body(document))
    assert [figure.text for figure in paper.figures if figure.text not in text] == []
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["序号", "数", "是什么", "时间", "出处"]
    assert [row[1] for row in rows[1:]] == [figure.text for figure in paper.figures]
    assert [row for row in rows[1:] if not all(row)] == []


def test_every_figure_is_worked_out_again_from_the_database(material: Material, paper: Paper, busy: Path) -> None:
    wrong = [
        (figure.what, figure.text, again)
        for figure in paper.figures
        if (again := worked(figure, material, busy)) != figure.text
    ]
    assert wrong == []
    kinds = Counter(figure.origin for figure in paper.figures)
    assert kinds["演示数据"] > 40 and kinds["整改台账"] >= 7 and kinds["月度计数"] == 2


def worked(figure: Figure, material: Material, path: Path) -> str | None:
    """What a figure must say, by its name and the database alone."""
    if figure.address.startswith("fact:"):
        return stated(path, figure.address.removeprefix("fact:"))
    if figure.what in BY_HAND:
        return BY_HAND[figure.what]
    if figure.what == "台账原文":
        return next(words for words in (PROBLEM, "开设2个专窗") if words == figure.text)
    if figure.origin == "演示数据":
        return scored(path, figure.what)
    return of_targets(material, figure)


def stated(path: Path, identifier: str) -> str:
    with sqlite3.connect(path) as db:
        for table in ("fact", "target"):
            sql = f"SELECT op, value, text, unit FROM {table} WHERE id = ?"
            found = db.execute(sql, (identifier,)).fetchone()
            if found is not None:
                break
    op, value, words, unit = found
    if value is None:
        return words
    bound = {"<=": "不超过", ">=": "不少于", ">": "超过", "≈": "约", "<": "不到"}.get(op, "")
    return f"{bound}{value:g}{'个工作日' if unit == '工作日' else unit}" if value < 1e5 else ""


@cache
def known(path: Path, period: str, shared: bool) -> dict:
    values = reckon.values(path, period)
    values = {key: value for key, value in values.items() if key[0].startswith("4104")}
    if not shared:
        return values
    other = reckon.values(path, BEFORE if period == NOW else NOW)
    return {key: value for key, value in values.items() if key in other}


@cache
def standings(path: Path, code: str, period: str, shared: bool = False) -> dict[str, float]:
    values = known(path, period, shared)
    regions = sorted({region for region, _ in values})
    found = {region: reckon._score(code, region, TREE, values, regions) for region in regions}
    return {region: score for region, score in found.items() if score is not None}


def place(scores: dict[str, float], region: str) -> int:
    return 1 + sum(other > scores[region] + 1e-9 for other in scores.values())


def rounded(value: float) -> str:
    return f"{Decimal(repr(abs(value))).quantize(Decimal('0.1'), ROUND_HALF_UP)}分"


def scored(path: Path, what: str) -> str:
    """A figure of the counties, by its name: 新华区总分得分, 纳税平均分的变化."""
    if what.startswith("总分名次"):
        now, then = (standings(path, "pds-2020", period, True) for period in (NOW, BEFORE))
        moved = {region: place(then, region) - place(now, region) for region in now}
        return f"{abs(max(moved.values()) if '上升' in what else min(moved.values()))}位"
    name, code = max(((n, c) for n, c in CODES.items() if n in what), key=lambda pair: len(pair[0]))
    now = standings(path, code, NOW)
    place_name, _, kind = what.partition(name)
    if kind == "有得分的县（市、区）":
        return f"{len(now)}个"
    if kind == "平均分":
        return rounded(sum(now.values()) / len(now))
    if kind == "平均分的变化":
        both, then = standings(path, code, NOW, True), standings(path, code, BEFORE, True)
        return rounded(sum(both[region] - then[region] for region in both) / len(both))
    region = REGIONS[place_name]
    return rounded(now[region]) if kind == "得分" else f"第{place(now, region)}"


def of_targets(material: Material, figure: Figure) -> str | None:
    """Counts of targets: by status, and by unit, a shared one for each of its units."""
    rows = material.targets
    if figure.what == "目标":
        return f"{len(rows)}项"
    if figure.what.startswith("目标："):
        return f"{(rows['status'] == figure.what.removeprefix('目标：')).sum()}项"
    if figure.what.endswith("没有现值的目标"):
        names = material.context.book.departments
        each = [
            names[code] for codes in rows.loc[rows["status"] == "有目标无现值", "owner"] for code in codes.split(";")
        ]
        return f"{each.count(figure.what.removesuffix('没有现值的目标'))}项"
    # Of one indicator: as many as are on its measures.
    return (
        figure.text
        if figure.what in ("有目标无现值", "其余目标") and re.fullmatch(r"[1-9]\d*项", figure.text)
        else None
    )


def test_the_sections_of_the_bulletin_are_those_of_the_real_one(paper: Paper) -> None:
    document = opened(paper)
    lines = [(each.style.name, each.text) for each in document.paragraphs]
    assert lines[0] == ("公文红头", "优化营商环境工作通报")
    assert lines[1] == ("公文期号", "第63期")
    assert lines[2] == ("公文发文单位", "平顶山市营商环境监督局\t2026年11月23日")
    assert (
        lines[3][0] == "公文标题" and lines[3][1].replace("\n", "") == "关于2020年四季度营商环境短板指标整改情况的通报"
    )
    assert lines[4] == ("公文注", "注：文中县（市、区）得分和名次为演示数据，程序生成，不是真实情况。")
    heads = [words for style, words in lines if style == "公文一级标题"]
    assert heads == ["一、总体情况", "二、短板指标整改情况", "三、要求", "附件"]
    weak = [each for each in document.paragraphs if each.runs and each.runs[0].style.name == "公文二级标题"]
    assert [each.runs[0].text for each in weak[:3]] == [
        "（一）投资项目审批。",
        "（二）知识产权。",
        "（三）企业开办、注销。",
    ]
    (end,) = [[row.cells[0].text for row in table.rows] for table in document.tables[1:]]
    assert end[0].startswith("报送：市优化营商环境工作领导小组") and end[1].startswith("抄送：")
    assert end[2] == "平顶山市营商环境监督局\t2026年11月23日印发"


def test_a_weak_indicator_says_who_what_and_what_is_late(paper: Paper) -> None:
    text = next(each.text for each in paper.paragraphs if each.key == "weak-start_business")
    assert text.startswith(
        "牵头单位：市市场监管局。2020年四季度，12个县（市、区）平均47.7分，比2020年三季度提高4.5分；"
    )
    assert "该指标是优化营商环境工作通报第37期点名的短板指标。" in text
    assert "企业开办时间7小时（2021年12月）" in text
    assert "整改进展：2026年11月20日完成台账第1号“开设2个专窗”。" in text
    assert text.endswith(f"逾期：台账第1号“{PROBLEM}”（市市场监管局，期限2026年10月30日，逾期24天）。")
    asks = {each.key: each.text for each in paper.paragraphs if each.key.startswith("ask")}
    assert asks["ask-late"] == "市市场监管局1项已经逾期，要说明原因，定下办结日期，抓紧整改。"
    assert asks["ask-open"].startswith(
        "知识产权（市市场监管局），中小投资者保护（市金融工作局、市中级法院）还没有列入整改台账"
    )


def test_a_chosen_indicator_stands_beside_the_nations_benchmark(material: Material) -> None:
    paper = bulletin(material, weak=("utilities", "tax"))
    text = {each.key: each.text for each in paper.paragraphs}
    assert "与全国标杆比：办电环节，北京市2个（2019年10月），我市与其持平。" in text["weak-utilities"]
    assert (
        "高压用户报装平均时长（不含配套施工）不超过25个工作日（期限2020年12月31日）口径不一致" in text["weak-utilities"]
    )
    assert "weak-basis" not in text and "weak-investment" not in text
    (theirs,) = [figure for figure in paper.figures if figure.what == "北京市办电环节"]
    assert (theirs.text, theirs.address, theirs.when) == ("2个", "fact:F263", "2019年10月")
    assert theirs.origin.startswith("《平顶山市营商环境“寻标、对标、创标”活动工作方案》")


def test_the_page_and_the_type_are_those_of_the_standard(paper: Paper) -> None:
    document = opened(paper)
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    pitch = int(section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")))
    height = (297 - 37 - 35) / 25.4 * 1440
    assert 22 * pitch <= height < 23 * pitch
    styles = document.styles
    assert round(styles["公文正文"].paragraph_format.line_spacing.pt * 20) == pitch
    for name, font, size in (
        ("公文标题", "方正小标宋简体", 22),
        ("公文红头", "方正小标宋简体", 42),
        ("公文正文", "仿宋_GB2312", 16),
        ("公文一级标题", "黑体", 16),
        ("公文二级标题", "楷体_GB2312", 16),
        ("公文版记", "仿宋_GB2312", 14),
        ("公文页码", "宋体", 14),
    ):
        fonts = styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{each}")) for each in ("eastAsia", "ascii", "hAnsi")} == {font}
        assert styles[name].font.size.pt == size
    # 28 characters of the body, and no more, in a line.
    width = 16 + int(styles["公文正文"].element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * width <= 156 / 25.4 * 72 < 29 * width
    assert styles["公文正文"].element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_page_numbers_stand_outside_and_are_the_only_field(paper: Paper) -> None:
    document = opened(paper)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (line,) = footer.paragraphs
        assert (line.text, line.style.name) == ("—  —", "公文页码")
        assert line._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert [field.get(qn("w:instr")) for field in line._p.iter(qn("w:fldSimple"))] == ["PAGE"]
    assert not list(document.element.body.iter(qn("w:fldSimple"), qn("w:instrText")))


def test_what_a_person_wrote_stands_in_the_file_and_an_empty_paragraph_does_not(paper: Paper) -> None:
    edits = {"city": Edit("全市第一行。\n第二行。", "x"), "targets": Edit("", "x"), "title": Edit("另一个题", "x")}
    text = body(opened(worded(paper, edits)))
    assert text[0] == "另一个题" and text[2:4] == ["全市第一行。", "第二行。"]
    assert not any("纳入调度的目标" in line for line in text)


@pytest.mark.parametrize(
    ("number", "day", "said"),
    [
        ("优化营商环境工作通报第37期", "2020-12", "优化营商环境工作通报第37期"),
        ("平营商〔2020〕4号", "2020-12", "《方案》（平营商〔2020〕4号）"),
        ("", "2020-12-04", "《方案》（2020年12月4日）"),
        ("", "2020-12", "《方案》（2020年12月）"),
        ("", "2020", "《方案》（2020年）"),
        ("", "2020年底", "《方案》（2020年底）"),
        ("", "2020-02-31", "《方案》（2020-02-31）"),
        ("", "", "《方案》"),
    ],
)
def test_a_document_is_cited_by_its_number_or_its_date_as_far_as_it_is_known(number: str, day: str, said: str) -> None:
    assert cited({"doc_no": number, "date": day, "title": "方案"}) == said


def test_control_characters_in_any_text_and_a_long_title_do_not_break_the_file(paper: Paper) -> None:
    dirty = "甲\x0b乙\x00丙\x1f丁\ufffe\ud800"
    keys = [*HEAD, *(each.key for each in paper.paragraphs)]
    figures = (Figure(dirty, 1.0, dirty, dirty, dirty, dirty, at=("city",)),)
    sections = tuple(
        replace(one, title=dirty, paragraphs=tuple(replace(each, lead=dirty) for each in one.paragraphs))
        for one in paper.sections
    )
    made = replace(paper, sections=sections, figures=figures)
    document = opened(worded(made, {key: Edit(dirty, "") for key in keys}))
    assert document.core_properties.title == "甲乙丙丁"
    assert document.paragraphs[2].text.startswith("甲乙丙丁\t2026年") and document.paragraphs[3].text == "甲乙丙丁"
    assert document.tables[-1].rows[0].cells[0].text == "报送：甲乙丙丁"
    long = opened(worded(paper, {"title": Edit("长" * 300, "")}))
    assert long.core_properties.title == "长" * 255
    assert long.paragraphs[3].text.replace("\n", "") == "长" * 300


def appendix(paper: Paper) -> list[tuple[str, str]]:
    """Number and what it is, as the appendix lists them."""
    return [(row.cells[1].text, row.cells[2].text) for row in opened(paper).tables[0].rows][1:]


def test_a_figure_whose_words_are_gone_is_not_in_the_appendix(material: Material) -> None:
    paper = bulletin(material)
    counts = next(each for each in paper.paragraphs if each.key == "counts").text
    own = [each for each in paper.figures if each.at == ("counts",)]
    assert [each.text for each in own] == ["8起", "2次"]
    assert len(appendix(paper)) == len(paper.figures)
    gone = worded(paper, {"counts": Edit("", counts)})
    assert [each for each in paper.figures if each not in gone.standing] == own
    assert len(appendix(gone)) == len(paper.figures) - 2
    # Half of it gone; written with spaces and full-width digits it still stands, and so does what another paragraph says.
    half = worded(paper, {"counts": Edit("收到投诉 ８ 起，召开12次联席会议。", counts)})
    assert [each for each in paper.figures if each not in half.standing] == own[1:]
    # What stands in two paragraphs is gone only from both.
    week = bulletin(material, Paperwork.WEEK)
    twice = next(each for each in week.figures if len(each.at) == 2)
    assert twice in worded(week, {twice.at[0]: Edit("", "")}).standing
    assert twice not in worded(week, {key: Edit("", "") for key in twice.at}).standing
    # Nothing is left to be told, and the paper still says that its places rest on made-up data.
    empty = worded(paper, {each.key: Edit("另行通报。", "") for each in paper.paragraphs})
    assert empty.standing == () and empty.made_up
    assert len(opened(empty).tables) == 1


@pytest.mark.parametrize("kind", list(Paperwork))
def test_every_figure_names_the_paragraphs_that_say_it(material: Material, kind: Paperwork) -> None:
    paper = bulletin(material, kind)
    text = {each.key: each.text for each in paper.paragraphs}
    assert all(figure.at for figure in paper.figures) and paper.standing == paper.figures
    assert [each for each in paper.figures if any(each.text not in text[key] for key in each.at)] == []
    every = worded(paper, {key: Edit(words, "") for key, words in text.items()})
    assert every.standing == paper.figures
    assert Paper.of(json.loads(json.dumps(paper.plain()))) == paper


@pytest.mark.parametrize("kind", list(Paperwork))
def test_the_data_s_own_words_are_all_its_own(material: Material, kind: Paperwork) -> None:
    paper = bulletin(material, kind)
    spoken = [figure.text for figure in paper.figures]
    found = {each.key: stray(each.text, spoken, paper.names, paper.draft) for each in paper.paragraphs}
    assert {key: numbers for key, numbers in found.items() if numbers} == {}


def test_short_forms_have_no_scores_and_say_what_is_late(material: Material) -> None:
    week, day = bulletin(material, Paperwork.WEEK), bulletin(material, Paperwork.DAY)
    assert not week.made_up and not day.made_up
    assert week.number == 202648 and day.number == 20261123
    assert [section.title for section in week.sections] == ["一、本周进展", "二、逾期和临近到期", "三、下周要求"]
    assert [section.title for section in day.sections] == ["一、今日办理", "二、逾期和临近到期", "三、要求"]
    for paper, when in ((week, "本周"), (day, "今日")):
        text = {each.key: each.text for each in paper.paragraphs}
        assert f"{when}整改台账没有新的办理记录。" in text.values()
        assert text["late"] == (
            f"逾期的1项：台账第1号“{PROBLEM}”（市市场监管局，期限2026年10月30日，逾期24天）。"
            "两周内到期的1项：台账第2号“审批慢”（市发展改革委，期限2026年12月1日，还有8天到期）。"
        )
    assert opened(week).paragraphs[1].text == "2026年第48周"


def test_the_week_of_the_items_tells_what_was_done(busy: Path) -> None:
    earlier = bulletin(gather(busy, date(2026, 11, 15)), Paperwork.WEEK)
    assert earlier.title == "营商环境整改一周情况（11月9日至11月15日）"
    told = next(each.text for each in earlier.paragraphs if each.key == "week-done")
    assert told == "2026年11月10日，台账第1号、第2号、第3号列入；2026年11月10日，台账第3号销号。"


@pytest.mark.parametrize("kind", list(Paperwork))
@pytest.mark.parametrize(
    ("day", "period"), [("2026-11-23", "2020-Q4"), ("2020-12-10", "2018-Q1"), ("2019-01-01", "2020-Q4")]
)
def test_what_is_missing_reads_well(seeded: Path, kind: Paperwork, day: str, period: str) -> None:
    paper = bulletin(gather(seeded, date.fromisoformat(day), period=period), kind)
    for each in paper.paragraphs:
        assert not re.search(r"nan|None|(?<!\d)0项|—|：。|，，|；。|。。|、、|（）|“”", each.text), each.text
        assert each.text == "" or each.text.endswith("。")
    if period == "2018-Q1":
        assert not any("比2017" in each.text or "升幅" in each.text for each in paper.paragraphs)
    opened(paper)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于2020年营商环境短板指标整改情况的通报", ["关于2020年营商环境", "短板指标整改情况的通报"]),
        ("关于2020年四季度营商环境短板指标整改情况的通报", ["关于2020年四季度营商环境", "短板指标整改情况的通报"]),
        ("关于2020年12月营商环境短板指标整改情况的通报", ["关于2020年12月营商环境", "短板指标整改情况的通报"]),
        ("营商环境整改一周情况（11月9日至11月15日）", ["营商环境整改一周情况", "（11月9日至11月15日）"]),
        ("营商环境整改调度情况（11月22日）", ["营商环境整改调度情况（11月22日）"]),
        ("关于整改的通报", ["关于整改的通报"]),
        ("第一行自己分\n第二行也是", ["第一行自己分", "第二行也是"]),
        # Where no word is known it is broken evenly, as before.
        ("长" * 20, ["长" * 10, "长" * 10]),
        ("甲乙的" + "长" * 30, ["甲乙的" + "长" * 14, "长" * 16]),
        ("", [""]),
    ],
)
def test_a_title_is_broken_between_words(paper: Paper, title: str, lines: list[str]) -> None:
    assert title_lines(replace(paper, title=title)).split("\n") == lines


@given(st.text(alphabet="2020年四季度营商环境指标的情况（）《》、，长a", max_size=90))
def test_a_broken_title_is_whole_and_fits(title: str) -> None:
    found = title_lines(Paper(Paperwork.WORK, 1, DAY, "", title, (), "", ""))
    assert found.replace("\n", "") == title
    widths = [sum(0.5 if each.isascii() else 1 for each in line) for line in found.split("\n")]
    hanging = re.compile(r"[，、）]*$")
    assert all(
        width <= 19 + len(hanging.search(line)[0]) for line, width in zip(found.split("\n"), widths, strict=True)
    )


def test_a_number_that_is_not_known_is_left_open(seeded: Path) -> None:
    material = gather(seeded, date(2020, 11, 30), period="2020-Q3")
    paper = bulletin(material)
    assert paper.number is None
    assert opened(paper).paragraphs[1].text == "第　期" and '<div class="issue">第　期</div>' in sheet(paper)
    assert no_number(material) == "这一天之前的期号不知道，第37期是2020年12月4日的，请自己填"
    assert doubts(material, paper) == []
    assert doubts(material, replace(paper, number=37)) == ["工作通报第37期已经印发过（2020-12-04）"]
    # A week's and a day's paper have the number of their days.
    assert bulletin(material, Paperwork.WEEK).number == 202049


def test_a_paper_before_the_end_of_its_period_says_so(seeded: Path) -> None:
    said = "注：评价期 2020年四季度在本通报日期之后结束，请核对。"
    material = gather(seeded, date(2020, 12, 30), period="2020-Q4")
    paper = bulletin(material)
    assert doubts(material, paper) == [said]
    assert [each.text for each in opened(paper).paragraphs].count(said) == 2 and sheet(paper).count(said) == 2
    for other in (gather(seeded, date(2020, 12, 31), period="2020-Q4"), gather(seeded, DAY)):
        assert said not in [each.text for each in opened(bulletin(other)).paragraphs]
    assert said not in sheet(bulletin(material, Paperwork.WEEK))


def test_a_bulletin_of_an_earlier_day_knows_no_later_document(seeded: Path) -> None:
    paper = bulletin(gather(seeded, date(2020, 12, 10)))
    assert paper.number == 38 and paper.issuer == "平顶山市优化营商环境工作领导小组办公室"
    assert not any("2021年" in each.text for each in paper.paragraphs if not each.key.startswith(("targets", "ask")))
