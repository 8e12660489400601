"""Bringing data in: what the pages say and do with a file, an answer, a typed value, a proof, a batch."""

from __future__ import annotations

import io
from datetime import date, timedelta
from zlib import crc32

import openpyxl

from lib import office
from lib.store import batches, files
from lib.store.words import words
from tests.pages.conftest import conclusion, text_of

COUNTIES = [
    "新华区",
    "卫东区",
    "石龙区",
    "湛河区",
    "宝丰县",
    "叶县",
    "鲁山县",
    "郏县",
    "舞钢市",
    "汝州市",
    "高新区",
    "示范区",
]
UPLOAD, ENTRY, BATCHES, COMPLETE = (f"manage/{name}.py" for name in ("upload", "entry", "batches", "completeness"))
PDF = b"%PDF-1.4\n% proof\n".ljust(100)


def table(first: str = "3", header: str = "企业开办时间") -> bytes:
    rows = [f"{place},{first if i == 0 else i + 1}" for i, place in enumerate(COUNTIES)]
    return f"区县,{header}\n{chr(10).join(rows)}\n".encode("gbk")


def bring(at, *uploads: tuple[str, bytes]):
    at.file_uploader[0].set_value([(name, data, "text/csv") for name, data in uploads]).run()
    assert not at.exception, at.exception
    return at


def press(at, label: str):
    (button,) = [each for each in at.button if each.label == label]
    assert not button.disabled, label
    button.click().run()
    assert not at.exception, at.exception
    return at


def signed(at, name: str = "张三"):
    return at.text_input(key="user").set_value(name).run()


def test_the_empty_page_says_what_to_do_and_offers_the_form(visit, house):
    at = visit(UPLOAD)
    assert conclusion(at).startswith("## 把各单位发来的表格原样放进来")
    (download,) = at.download_button
    assert download.label == "下载填报模板（XLSX）"
    at.text_input(key="template_period").set_value("2020-13").run()
    assert at.error[0].value.startswith("“2020-13”不是评价期")


def test_an_error_names_row_value_and_expectation_and_nothing_can_be_published(visit, house):
    at = bring(visit(UPLOAD), ("2021年二季度.csv", table("三天")))
    assert (
        conclusion(at) == "## 读到 11 个数值：11 个县（市、区）、1 项测度，2021年二季度；有 1 处错误，改正后才能发布。"
    )
    shown = at.table[0].value.iloc[0].to_dict()
    assert shown == {
        **{"行": "2", "列": "企业开办时间", "值": "三天", "问题": "不是数字"},
        "期望": "数字（工作日），缺失请留空",
    }
    assert [each.label for each in at.main.button] == []
    assert len(batches.batches(house)) == 2


def test_a_file_is_compared_published_and_kept_with_its_original(visit, house):
    data = table()
    at = bring(visit(UPLOAD), ("2021年二季度.csv", data))
    assert "与现有真实数值相比：新增 12、变更 0、不变 0。" in text_of(at)
    assert [each.disabled for each in at.main.button] == [True]
    press(signed(at), "发布")
    assert at.success[0].value == "《2021年二季度.csv》：已发布为批次 3（新增 12、变更 0、不变 0）。"
    latest = batches.batches(house).iloc[0]
    assert (latest["user"], latest["file"], latest["rows"]) == ("张三", "2021年二季度.csv", 12)
    assert files.content(house, latest["sha256"]) == data
    # The page is ready for the next file, and the same file is recognised.
    at = press(
        signed(bring(at, ("再来.csv", data)).text_input(key="asked_period").set_value("2021年二季度").run()), "发布"
    )
    assert at.success[0].value == "《再来.csv》：同一文件已在批次 3 发布，没有新增。"


def test_a_changed_value_is_shown_old_and_new_and_must_be_confirmed(visit, house):
    press(signed(bring(visit(UPLOAD), ("2021年二季度.csv", table("3")))), "发布")
    at = signed(bring(visit(UPLOAD), ("2021年二季度.csv", table("30000"))))
    said = text_of(at)
    assert "新增 0、变更 1、不变 11；其中 1 个变化较大。" in said
    row = next(each.value for each in at.table if "提示" in each.value).iloc[0]
    assert (row["地区"], row["现值"], row["新值"]) == ("新华区", "3", "30,000")
    assert row["提示"] == "约为原来的 10,000 倍，单位可能不同"
    assert next(each for each in at.button if each.label == "发布").disabled
    (sure,) = [each for each in at.checkbox if each.label.startswith("已核对")]
    sure.check().run()
    press(at, "发布")
    assert batches.batches(house).iloc[0]["id"] == 4


def test_the_effect_on_the_ranking_is_what_the_ranking_shows_afterwards(visit, house):
    at = bring(visit(UPLOAD), ("2021年二季度.csv", table()))
    effect = next(each.value for each in at.table if "方阵" in each.value)
    places = dict(zip(effect["地区"], effect["名次"], strict=True))
    press(signed(at), "发布")
    ranking = visit("see/ranking.py", period="2021年二季度")
    shown = next(each.value for each in ranking.dataframe if "名次变化" in each.value)
    assert {place: f"第 {rank:.0f}" for place, rank in zip(shown["地区"], shown["名次"], strict=True)} == {
        place: words.split("→ ")[-1] for place, words in places.items()
    }


def answer(at, text: str, choice: str, unit: str = ""):
    """Answers the only question as the grid does: through its state."""
    key = f"answers-0-{crc32(f'measure{text}'.encode())}"
    grid = next(each.value for each in at.dataframe if "文件里的写法" in each.value)
    row = list(grid["文件里的写法"]).index(text)
    edits = {"识别为": choice} | ({"单位": unit} if unit else {})
    at.session_state[key] = {"edited_rows": {row: edits}, "added_rows": [], "deleted_rows": []}
    return at.run()


def test_a_question_is_answered_remembered_for_the_department_and_not_asked_again(visit, house):
    at = visit(UPLOAD)
    at.selectbox(key="department").set_value("tax").run()
    bring(at, ("2021年二季度.csv", table("4", "办照用时")))
    assert "有 1 处错误" in conclusion(at)
    at = answer(at, "办照用时", "企业开办时间（工作日）", "小时")
    assert conclusion(at).endswith("可以发布。")
    press(signed(at), "发布")
    remembered = words(house, "tax").iloc[0]
    assert tuple(remembered[["department", "kind", "text", "code", "unit"]]) == (
        *("tax", "measure", "办照用时"),
        *("start_business.time", "小时"),
    )
    standing = batches.current(house)
    first = standing[(standing["period"] == "2021-Q2") & (standing["region"] == "410402")]
    assert list(first["value"]) == [0.5]
    at = visit(UPLOAD)
    at.selectbox(key="department").set_value("tax").run()
    bring(at, ("2021年三季度.csv", table("4", "办照用时")))
    assert "待确认" not in text_of(at)
    assert conclusion(at).endswith("可以发布。")
    # What was remembered is seen and can be forgotten.
    at = signed(visit(UPLOAD))
    table_of_words = next(each.value for each in at.dataframe if "文件里的写法" in each.value)
    assert table_of_words[["报送单位", "文件里的写法", "识别为", "单位"]].to_numpy().tolist() == [
        ["市税务局", "办照用时", "企业开办时间（工作日）", "小时"]
    ]
    press(at, "忘记")
    assert words(house).empty


def test_two_files_that_state_the_same_value_are_an_error(visit, house):
    at = bring(visit(UPLOAD), ("2021年二季度.csv", table("3")), ("2021年二季度-改.csv", table("4")))
    assert "有 1 处错误" in conclusion(at)
    assert "同一地区、测度、评价期在《2021年二季度.csv》里是 3" in text_of(at)
    same = bring(visit(UPLOAD), ("2021年二季度.csv", table("3")), ("2021年二季度-副本.csv", table("3") + b"\n"))
    assert conclusion(same).endswith("可以发布。")


def test_the_same_content_twice_is_read_once(visit, house):
    at = bring(visit(UPLOAD), ("2021年二季度.csv", table("3")), ("2021年二季度 (1).csv", table("3")))
    assert conclusion(at).startswith("## 读到 12 个数值")
    assert "内容相同的文件只读一次。" in text_of(at)


def test_another_choice_of_sheets_is_another_comparison(visit, house):
    book = openpyxl.Workbook()
    for name, rows in (("一", COUNTIES[:2]), ("二", COUNTIES[2:5])):
        sheet = book.create_sheet(f"2021年二季度{name}")
        sheet.append(["区县", "企业开办时间"])
        for i, place in enumerate(rows):
            sheet.append([place, i + 1])
    data = io.BytesIO()
    book.save(data)
    at = bring(visit(UPLOAD), ("上报.xlsx", data.getvalue()))
    assert "新增 5、变更 0、不变 0" in text_of(at)
    at.button_group[0].set_value(["2021年二季度一"]).run()
    assert "新增 2、变更 0、不变 0" in text_of(at)


def test_a_file_that_is_no_table_is_refused_and_the_page_lives(visit, house):
    at = bring(visit(UPLOAD), ("照片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)))
    assert "没有读到可以发布的数值" in conclusion(at)
    assert "图片" in text_of(at)


def test_a_publication_waits_for_its_day(visit, house):
    at = signed(bring(visit(UPLOAD), ("2021年二季度.csv", table())))
    day = date.today() + timedelta(days=3)
    at.date_input[0].set_value(day).run()
    press(at, f"定于 {day} 发布")
    assert at.success[0].value.startswith(f"《2021年二季度.csv》：已存为批次 3，将在 {day} 发布")
    assert "2021-Q2" not in set(batches.current(house)["period"])
    at = signed(visit(BATCHES, batch="批次 3"))
    assert f"将在 {day} 自动发布。" in text_of(at)
    press(at, "取消发布")
    assert batches.batches(house).iloc[0]["status"] == "withdrawn"


def test_a_batch_is_withdrawn_and_published_again(visit, house):
    press(signed(bring(visit(UPLOAD), ("2021年二季度.csv", table()))), "发布")
    at = signed(visit(BATCHES, batch="批次 3"))
    assert "撤回会改变 12 处：0 个恢复为此前的数值，12 个不再有数值。" in text_of(at)
    press(at, "撤回")
    assert at.success[0].value == "已撤回批次 3：0 个恢复为此前的数值，12 个不再有数值。"
    assert "2021-Q2" not in set(batches.current(house)["period"])
    press(at, "重新发布")
    assert len(batches.current(house).query("period == '2021-Q2'")) == 12
    trail = next(each.value for each in at.table if "事项" in each.value)
    assert list(trail["事项"]) == ["重新发布", "撤回", "发布"]


def test_typed_values_go_the_same_way_as_a_file(visit, house):
    at = visit(ENTRY, indicator="企业开办、注销")
    assert at.info[0].value.startswith("先写评价期")
    at.text_input(key="entry_period").set_value("2021年二季度").run()
    at.selectbox(key="entry_measure").set_value("start_business.time").run()
    key = "grid-start_business-start_business.time-2021-Q2-0"
    edits = {0: {"新值": "4小时"}, 1: {"新值": "三天"}}
    at.session_state[key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    at.run()
    assert "有 1 处错误" in text_of(at)
    errors = next(each.value for each in at.table if "期望" in each.value)
    assert (errors.iloc[0]["行"], errors.iloc[0]["值"]) == ("3", "三天")
    edits = {0: {"新值": "4小时", "暂定": True, "备注": "电话核实"}, 1: {"新值": "2"}}
    at.session_state[key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    press(signed(at.run()), "发布")
    standing = batches.current(house).query("period == '2021-Q2'").set_index("region")
    assert standing["value"].to_dict() == {"410402": 0.5, "410403": 2.0}
    assert standing.loc["410402", ["note", "provisional"]].tolist() == ["按 8 小时 = 1 工作日折算；电话核实", 1]


def test_a_proof_is_attached_listed_and_removed(visit, house):
    at = visit(ENTRY, indicator="企业开办、注销")
    at.text_input(key="entry_period").set_value("2021年二季度").run()
    at = signed(at)
    at.file_uploader(key="proof_file-0").set_value(("截图.exe", b"MZ" + bytes(50), "application/pdf"))
    press(at, "上传佐证")
    assert "不是可以作佐证的文件" in at.error[0].value
    at.file_uploader(key="proof_file-0").set_value(("截图.pdf", PDF, "application/pdf"))
    press(at, "上传佐证")
    (proof,) = files.evidence(house).to_dict("records")
    assert (proof["name"], proof["user"], proof["period"]) == ("截图.pdf", "张三", "2021-Q2")
    assert files.content(house, proof["sha256"]) == PDF
    assert "截图.pdf" in text_of(at)
    press(at, "移除")
    assert files.evidence(house).empty


def test_a_file_of_other_measures_leaves_the_demonstration_where_it_is(visit, house):
    # 普查背景 has values of its own: no measure of the made-up set is among them
    at = visit(UPLOAD)
    at.text_input(key="asked_period").set_value("2020年四季度").run()
    at = signed(bring(at, ("表.csv", table(header="少数民族人口比重（%）"))))
    assert not [each.value for each in at.warning if "演示" in each.value]
    assert "核心指标（2020）" not in text_of(at)
    assert not [each.label for each in at.checkbox if "演示" in each.label]
    press(at, "发布")
    assert at.text_input(key="asked_period").value == ""
    assert (batches.current(house)["kind"] == "demo").sum() == 7549


def test_completeness_counts_demonstration_values_as_not_reported(visit, house):
    at = visit(COMPLETE)
    assert conclusion(at) == "## 2020年四季度应有 636 个数值：真实数值 0 个，演示数据 626 个，缺 10 个。"
    late = next(each.value for each in at.table if "牵头单位" in each.value)
    assert (late["已报"].astype(int) == 0).all()
    # the same content under a name that says another period was looked at just before
    assert "2021年二季度" in conclusion(bring(visit(UPLOAD), ("2021年二季度.csv", table())))
    at = signed(bring(visit(UPLOAD), ("2020年四季度.csv", table())))
    (sure,) = [each for each in at.checkbox if each.label == "已核对：626 个演示数据将退出"]
    assert "发布后，这一期 53 项测度中 1 项有数，得分和名次只反映这几项。" in [each.value for each in at.warning]
    press(sure.check().run(), "发布")
    at = visit(COMPLETE)
    assert conclusion(at) == "## 2020年四季度应有 636 个数值：真实数值 12 个，缺 624 个。"


def test_a_period_that_has_not_begun_has_no_values(house, monkeypatch):
    monkeypatch.setattr(office, "today", lambda: "2026-11-23")
    words = office.vocabulary(house)
    asked = {"2088年四季度": ["period-ahead"], "2026年四季度": ["period-running"], "2026年三季度": []}
    for said, codes in asked.items():
        opened = office.open_file(table(), f"{said}.csv")
        found = [each for each in office.understand(opened, words).issues if each.code.startswith("period-")]
        assert [each.code for each in found if each.code != "period-from-name"] == codes
    ahead = office.understand(office.open_file(table(), "2088年四季度.csv"), words).errors
    assert [str(each) for each in ahead] == [
        "2088年四季度.csv：评价期 2088年四季度还没有开始（今天是 2026-11-23）（期望：已经开始的评价期；要定的数请到“目标进度”添加）"
    ]


def test_the_form_comes_back_with_its_values(house, tmp_path):
    form = tmp_path / "填报表.xlsx"
    form.write_bytes(office.form(house, "pds-2020", "2021-Q2", prefilled=False))
    book = openpyxl.load_workbook(form)
    sheet = book["填报"]
    header = {cell.value: cell.column for cell in sheet[3]}
    sheet.cell(4, header["数值"], 2.5)
    sheet.cell(4, header["暂定"], "是")
    book.save(form)
    opened = office.open_file(form.read_bytes(), form.name)
    reading = office.understand(opened, office.vocabulary(house))
    assert reading.errors == ()
    (row,) = reading.rows.to_dict("records")
    assert (row["region"], row["period"], row["value"], row["provisional"]) == ("410402", "2021-Q2", 2.5, True)
