"""Where a number comes from, in words and small tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.model import Measure, source
from lib.view import intake, text
from lib.view.table import Number, Table


def value(row: object, measure: Measure) -> Table:
    """A published value's file and row: 项目, 内容. In: a row of its history."""
    marks = [*(["暂定"] if row.provisional else []), *([text.MADE_UP] if row.kind == "demo" else [])]  # type: ignore[attr-defined]
    lines = {
        "数值": text.quantity(row.value, measure.unit, 10) + "".join(f"（{mark}）" for mark in marks),  # type: ignore[attr-defined]
        "文件": row.file,  # type: ignore[attr-defined]
        "位置": intake.address(row),
        "发布": f"批次 {row.batch}，{text.moment(row.created_at)}，{row.user}",  # type: ignore[attr-defined]
        "报送单位": row.department,  # type: ignore[attr-defined]
        "说明": row.note,  # type: ignore[attr-defined]
    }
    return listed(lines)


def fact(row: Mapping[str, object], document: Mapping[str, object], stated: str, place: str) -> Table:
    """A statement of a document: 项目, 内容. In: a row of facts, targets or benchmarks, its document, its value in words."""
    lines = {
        "数值": stated,
        "地区": place + (f"（{row['scope']}）" if row.get("scope") else ""),
        "时点": row.get("period") or row.get("deadline"),
        "时点依据": row.get("period_basis") or row.get("deadline_basis"),
        "文件": f"《{document['title']}》",
        "文号": document["doc_no"],
        "发文": "，".join(filter(None, (document["issuer"], document["date"]))),
        "说明": row["note"],
    }
    return listed(lines)


def listed(lines: Mapping[str, object]) -> Table:
    """项目, 内容, without those that have nothing to say."""
    kept = {name: str(said) for name, said in lines.items() if said}
    return Table(pd.DataFrame({"项目": list(kept), "内容": list(kept.values())}))


def history(rows: pd.DataFrame, decimals: int) -> Table:
    """Every publication of one value: 批次, 数值, 状态, 文件, 时间."""
    return Table(
        pd.DataFrame(
            {
                "批次": [str(batch) for batch in rows["batch"]],
                "数值": rows["value"],
                "状态": [
                    f"{intake.STATUSES[row.status]}{'（演示）' if row.kind == 'demo' else ''}"
                    for row in rows.itertuples()
                ],
                "文件": rows["file"],
                "时间": [text.moment(at) for at in rows["created_at"]],
            }
        ),
        {"数值": Number(decimals)},
    )


def scaling(found: Mapping[str, object], measure: Measure) -> str:
    """How a measure's value became its score, with the numbers put in; `found` as `trace.scaling` gives it."""
    number = {name: float(found[name]) for name in ("value", "worst", "best", "power", "score")}  # type: ignore[arg-type]
    if pd.isna(number["score"]):
        return f"不计分：{found['reason'] or '没有数值'}。"
    said = {name: f"{each:,.10g}" for name, each in number.items()}
    share = (number["worst"] - number["value"]) / (number["worst"] - number["best"])
    power = f"，再取 {said['power']} 次方" if number["power"] != 1 else ""
    clipped = "" if 0 <= share <= 1 else "，超出两端的按两端计"
    ends = (
        "最差、最优是指标体系给定的前沿值"
        if found["fixed"]
        else "指标体系没有给全前沿值，缺的一端取本期各地的最差、最优值"
    )
    # Written so that both differences are positive.
    way = ("最差", "worst", "现值", "value", "最差", "worst", "最优", "best")
    if number["best"] > number["worst"]:
        way = ("现值", "value", "最差", "worst", "最优", "best", "最差", "worst")
    a, b, c, d = (f"{word} {said[name]}" for word, name in zip(way[::2], way[1::2], strict=True))
    return (
        f"100 ×（{a} − {b}）÷（{c} − {d}）{power}{clipped} = "
        f"**{text.trimmed(number['score'], 4)} 分**，{text.place(float(found['rank']))}（{found['of']} 地有得分）。"  # type: ignore[arg-type]
        f"单位：{measure.unit or '无'}；{ends}。"
    )


def parts(rows: pd.DataFrame, names: Mapping[str, str], region: str, period: str) -> Table:
    """The children of an indicator: 下级, 占比 (of the weight present, %), 得分, 名次, 贡献; a click goes one step down."""
    addresses = [source.score(region, code, period) for code in rows["code"]]
    values = pd.DataFrame(
        {
            "下级": [names[code] for code in rows["code"]],
            "占比（%）": rows["share"] * 100,
            "得分": rows["score"].astype(float),
            "名次": rows["rank"].astype(float),
            "贡献": rows["points"],
        }
    )
    numbers = {"占比（%）": Number(2), "得分": Number(4), "名次": Number(0), "贡献": Number(4)}
    return Table(values, numbers, pd.DataFrame(dict.fromkeys(values.columns, addresses)))
