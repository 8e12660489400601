"""The data workbook, from the material."""

from __future__ import annotations

from lib.core.cityfacts import CITY, province_places
from lib.export import workbook as export
from lib.export.workbook import Sheet
from lib.papers.material import Material
from lib.view import text
from lib.view import workbook as view
from lib.view.slides import SHARED, STATE_COLOURS
from lib.view.text import MADE_UP
from lib.view.theme import RED, STATUS_COLOURS


def workbook(material: Material) -> bytes:
    """The data behind the screens as XLSX: ranking, heat map, values with their places in the files, targets, ledger, sources."""
    context, book = material.context, material.context.book
    moved = context.moved(context.root)
    codes = [node.code for node in context.framework.indicators]
    now = context.scores.frame[context.scores.frame["period"] == context.period]
    heads = {code: context.labels[code] for code in codes}
    rows = context.snapshot.observations
    rows = rows[(rows["period"] == context.period) & rows["measure"].isin(context.framework.leaves)]
    used = context.snapshot.batches.loc[[batch for batch, _, _ in context.sources]]
    cited = {*material.targets["document"], *province_places(material.facts, CITY)["document"]}
    mark = f"（{text.DEMO}）" if context.demo else ""
    sheets = [
        Sheet(f"排名{mark}", view.ranking(moved, context.names)),
        Sheet(
            f"热力图{mark}", view.heat(now, list(moved["region"]), codes, heads, context.names), tuple(heads.values())
        ),
        Sheet("数值明细", view.values_table(rows, used["file"], context.names, book.measures)),
        Sheet(
            "目标",
            view.targets(material.targets, context.named, context.departments, context.cited),
            coloured={"状态": STATUS_COLOURS},
        ),
        Sheet(
            "整改台账",
            view.ledger(material.ledger, context.named, context.names),
            coloured={"状态": STATE_COLOURS, "已整改但指标未动": {"是": RED}},
        ),
        Sheet("数据批次", view.batches(used)),
        Sheet("引用文件", view.documents(book.documents[book.documents.index.isin(cited)])),
    ]
    made_up = [MADE_UP] if context.demo else []
    day = text.date_words(material.day)
    notes = [
        SHARED,
        f"截至{day}。",
        f"{context.framework.root.name}，{context.period_label}。",
        *made_up,
        context.source_line,
    ]
    return export.workbook(sheets, [*notes, f"权重：{context.weights_basis}", f"方阵：{context.cohort.basis}"])
