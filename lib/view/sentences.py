"""The conclusion that opens a page: a sentence with numbers, made from the frames that the page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from lib.model import Measure, Period
from lib.model.campaign import Campaign
from lib.model.declaration import State
from lib.view import text
from lib.view.subject import Subject

# From where a rank correlation is worth a word, and from where it is strong; and when it may be chance (two-sided p).
WEAK, STRONG, CHANCE = 0.3, 0.6, 0.05
# Scores that are closer read the same.
LEVEL = 0.05


def ranking(rows: pd.DataFrame, names: Mapping[str, str], period: str, subject: str, focus: str = "") -> str:
    """From a movement frame (best place first): who leads, where the focus region stands, who rose and fell most."""
    ranked = rows[rows["rank"].notna()]
    if ranked.empty:
        return f"{period}，{subject}没有可排名的数据。"
    apart = text.number(ranked["score"].max() - ranked["score"].min())
    ours = ranked[(ranked["region"] == focus) & (ranked["rank"] > 1)]
    stands = "".join(
        f"，{names[focus]}列第 {int(row.rank)}（{text.number(row.score)} 分）" for row in ours.itertuples()
    )
    return f"{_leader(ranked, names, period, subject)}{stands}，首尾相差 {apart} 分{_movers(ranked, names)}。"


def overview(rows: pd.DataFrame, names: Mapping[str, str], period: str) -> str:
    """From the total's movement frame: who leads, who rose and fell most, in as few words as a leader wants."""
    ranked = rows[rows["rank"].notna()]
    if ranked.empty:
        return f"{period}，总分没有可排名的数据。"
    return f"{_leader(ranked, names, period, '总分')}{_movers(ranked, names)}。"


def _leader(ranked: pd.DataFrame, names: Mapping[str, str], period: str, subject: str) -> str:
    leaders = [names[region] for region in ranked.loc[ranked["rank"] == 1, "region"]]
    return f"{period}，{text.listed(leaders)}{subject}列第 1（{text.number(ranked['score'].max())} 分）"


def _movers(ranked: pd.DataFrame, names: Mapping[str, str]) -> str:
    moved = ranked[ranked["rank_change"].notna()]
    if moved.empty:
        return ""
    parts = []
    for change, word in ((int(moved["rank_change"].max()), "上升"), (int(moved["rank_change"].min()), "下降")):
        if (change > 0) == (word == "上升") and change != 0:
            who = [names[region] for region in moved.loc[moved["rank_change"] == change, "region"]]
            parts.append(f"{_few(who)}{word} {abs(change)} 位最多")
    return f"；与上期相比，{'，'.join(parts)}" if parts else "；各地名次与上期相同"


def unranked(rows: pd.DataFrame, names: Mapping[str, str], filled: Mapping[str, tuple[int, int]]) -> str:
    """From a movement frame and the counts of values: who has no place, and why; "" when everyone has one."""
    parts = []
    for region in rows.loc[rows["rank"].isna(), "region"]:
        have, of = filled[region]
        parts.append(f"{names[region]}（{of} 项测度{f'只报了 {have} 项，不够计分' if have else '都没有数值'}）")
    return f"无名次，没有画出：{text.listed(parts)}。缺数不按 0 分算。" if parts else ""


def shared(rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """From a movement frame: whose change leaves measures out; "" when no one's does."""
    who = [names[region] for region in rows.loc[rows["shared"], "region"]]
    return f"变化按两期都有的测度计算，只有一期有数的测度不计入：{text.listed(who)}。" if who else ""


def heat(grid: pd.DataFrame, heads: Mapping[str, str], names: Mapping[str, str], period: str, what: str) -> str:
    """From the cells of one period by indicator: where the cohort is weakest, where it is furthest apart, what is missing."""
    known = grid[grid["score"].notna()]
    if known.empty:
        return f"{period}，{what}没有得分。"
    by = known.groupby("column", sort=False)["score"]
    weakest, apart = by.mean().idxmin(), (by.max() - by.min()).idxmax()
    rows = known[known["column"] == apart]
    best, worst = rows.loc[rows["score"].idxmax()], rows.loc[rows["score"].idxmin()]
    words = (
        f"{period}，{what}下的 {grid['column'].nunique()} 项里，平均得分最低的是{heads[weakest]}（{text.number(by.mean()[weakest])} 分），"
        f"各地差得最多的是{heads[apart]}（{names[best['region']]} {text.number(best['score'])}，"
        f"{names[worst['region']]} {text.number(worst['score'])}）"
    )
    return words + _holes(grid)


def heat_over_time(grid: pd.DataFrame, heads: Mapping[str, str], names: Mapping[str, str], what: str) -> str:
    """From the cells of one node by period: who has gained and lost most from the first period to the last."""
    periods = list(dict.fromkeys(grid["column"]))
    table = grid.pivot(index="region", columns="column", values="score")
    gained = (table[periods[-1]] - table[periods[0]]).dropna()
    span = f"{heads[periods[0]]} 到 {heads[periods[-1]]}"
    if len(periods) < 2 or gained.empty:
        return f"{what}只有 {heads[periods[-1]]} 一期可看{_holes(grid)}"
    most, least = gained.idxmax(), gained.idxmin()
    words = (
        f"{span}，{what}{names[most]}{'升得最多' if gained[most] > 0 else '降得最少'}（{text.signed(gained[most])} 分）"
    )
    words += f"，{names[least]}{'降得最多' if gained[least] < 0 else '升得最少'}（{text.signed(gained[least])} 分）"
    return words + _holes(grid)


def _holes(grid: pd.DataFrame) -> str:
    holes = int(grid["score"].isna().sum())
    return f"；缺 {holes} 格。" if holes else "。"


def county(standing: pd.Series, losses: pd.DataFrame, names: Mapping[str, str], region: str, period: str) -> str:
    """From a county's movement row and its contributions (largest loss first): place, tier, change, what costs most."""
    if pd.isna(standing["rank"]):
        return f"{region} {period}数据不足，没有名次。"
    words = f"{region} {period}列第 {int(standing['rank'])}（{text.tier(standing['tier'])}，{text.number(standing['score'])} 分）"
    moved = text.places_moved(_optional(standing["rank_change"]))
    worst = losses[losses["lost"] >= LEVEL].head(3)
    if len(worst):
        costs = text.listed(f"{names[row.code]}（失 {text.number(row.lost)} 分）" for row in worst.itertuples())
        return words + (f"，{moved}" if moved else "") + f"；失分最多的是{costs}。"
    return words + (f"，{moved}" if moved else "") + "。"


def standout(row: object, measure: Measure, values: Mapping[str, float], median: float, owner: str) -> str:
    """From a row of a spine with its distance from the median: value, place, distance, median value, who leads."""
    ahead = row.distance > 0  # type: ignore[attr-defined]
    value, middle = (text.quantity(each, measure.unit, measure.decimals) for each in (values.get(measure.code), median))
    return (
        f"{'▲' if ahead else '▼'} **{measure.name}** {value}（中位 {middle}），{text.place(row.rank)}，"  # type: ignore[attr-defined]
        f"得分比中位{'高' if ahead else '低'} {text.number(abs(row.distance))}。:gray[{owner}]"  # type: ignore[attr-defined]
    )


def next_place(region: str, rank: float, ahead: list[str], gap: float, ways: int) -> str:
    """How far the next better place is, and how many single measures would bring it."""
    if rank != rank:
        return f"{region}本期没有得分，谈不上进位。"
    if not ahead:
        return f"{region}已列第 1，没有更前的名次。"
    words = f"离前一位{text.listed(ahead)}差 {text.number(gap, 2)} 分："
    if not ways:
        return f"{words}没有哪一项单独做得到，要几项一起提高。单独改一项，加分最多的是下面几项。"
    return f"{words}有 {ways} 项只改其中一项就能进位。"


def benchmarked(
    subject: str,
    who: tuple[str, str],
    scores: tuple[float, float],
    places: tuple[float, float],
    parts: pd.DataFrame,
    names: Mapping[str, str],
    period: str,
    when: str,
    of: int,
) -> str:
    """A benchmark in one breath: the gap in points and places, what explains most of it, when it is closed.

    `parts` from `core.explain`, `of` how many measures there are; `scores` and `places` are ours and the benchmark's.
    """
    ours, theirs = who
    if parts.empty:
        return f"{period}，{ours}与{theirs}没有可以比较的测度。"
    gap = scores[1] - scores[0]
    how = f"{'低' if gap > 0 else '高'} {text.number(abs(gap))} 分"
    words = f"{period}，{ours}{subject}" + (f"与{theirs}持平" if abs(gap) < LEVEL else f"比{theirs}{how}")
    if len(parts) < of:
        words += f"（只算可比的 {len(parts)} 项，共 {of} 项）"
    moved = places[0] - places[1]
    if moved == moved and moved:
        words += f"，名次差 {abs(int(moved))} 位" if gap > 0 else f"，名次前 {abs(int(moved))} 位"
    worst = parts[parts["part"] > 0].head(1)
    words += "".join(
        f"；{'差得最多的是' if gap > 0 else '仍落后最多的是'}{names[row.code]}（占落后分的 {_share(row.share)}）"
        for row in worst.itertuples()
    )
    return f"{words}；{when}。" if when else f"{words}。"


def better(rows: pd.DataFrame, subjects: Mapping[str, Subject], theirs: str) -> str:
    """From `core.explain.better_at` with places: on how many measures the benchmark is better, and on which most."""
    if rows.empty:
        return f"{theirs}没有一项比我们好"
    most = text.listed(
        f"{subjects[row.code].name}（好 {subjects[row.code].say_gap(row.gap)}）" for row in rows.head(2).itertuples()
    )
    return f"{theirs}有 {len(rows)} 项更好，最突出的是{most}"


def explained(parts: pd.DataFrame, most: int = 3) -> str:
    """From the parts of `core.explain`: how much all that we are behind by adds up to, and how much the first few of it explain."""
    behind, ahead = parts[parts["part"] > 0], parts[parts["part"] < 0]
    if behind.empty:
        return "没有落后的测度"
    words = f"{len(behind)} 项落后，共 {text.number(behind['part'].sum(), 2)} 分"
    if len(behind) > most:
        words += f"，前 {most} 项占 {_share(behind['share'].head(most).sum())}"
    return words + (f"；{len(ahead)} 项领先，找回 {text.number(-ahead['part'].sum(), 2)} 分" if len(ahead) else "")


def outlooks(found: Sequence[str]) -> str:
    """How many lagging measures have which outlook."""
    if not found:
        return "没有落后的测度"
    counts = Counter(outlook.partition("，")[0] for outlook in found)
    return f"{len(found)} 项落后里，" + "，".join(f"{outlook} {count} 项" for outlook, count in counts.most_common())


def compared(rows: pd.DataFrame, who: str, theirs: str) -> str:
    """From `core.compare`: how many statements can be compared, and how they turn out."""
    known = rows[rows["comparable"]]
    if known.empty:
        return f"{who}与{theirs}没有一个数值能直接比较"
    counts = {
        "落后": int((known["gap"] > 0).sum()),
        "持平": int((known["gap"] == 0).sum()),
        "领先": int((known["gap"] < 0).sum()),
    }
    parts = "，".join(f"{word} {count} 项" for word, count in counts.items() if count)
    refused = len(rows) - len(known)
    return f"{who}与{theirs}有 {len(known)} 个数值能直接比较：{parts}" + (
        f"；另有 {refused} 个不作比较" if refused else ""
    )


def _share(share: float) -> str:
    return f"{text.number(100 * share, 0 if share >= 0.1 else 1)}%"


def seek(
    rows: pd.DataFrame,
    worth: Mapping[str, Sequence[str]],
    names: Mapping[str, str],
    period: str,
    region: str,
    subject: Subject,
    places: Sequence[str],
    counts: tuple[int, int],
) -> str:
    """From `core.recommend.contenders` and what speaks for those worth learning from: where the region stands, who is best and who is
    nearest in the city, and which places of the nation state how many values, `counts` of all and of those comparable with the city.
    """
    ours = rows.set_index("region").loc[region]
    words = f"{subject.name}：{names[region]} {period}"
    words += "缺数" if pd.isna(ours["value"]) else f"列{text.place(ours['place'])}（{subject.say(ours['value'])}）"
    words += _ahead(rows, worth, names, subject)
    if not places:
        return f"{words}；纵向还没有收录标杆数值。"
    compared = f"{counts[1]} 个能与平顶山市直接比较" if counts[1] else "都不能与平顶山市直接比较"
    return f"{words}；纵向有{_few(list(places))}的 {counts[0]} 个数值，{compared}。"


def _ahead(rows: pd.DataFrame, worth: Mapping[str, Sequence[str]], names: Mapping[str, str], subject: Subject) -> str:
    """；横向最优是甲县（领先 23.1 分），最近的是乙县（领先 0.8 分）."""
    by = rows.set_index("region")
    best, near = ([each for each, whys in worth.items() if why in whys] for why in ("最优", "最近的领先者"))
    if not best:
        return "；横向没有领先的地方"
    lead = by.at[best[0], "lead"]
    words = f"；横向最优{'、也最近的' * (best == near)}是{_few([names[each] for each in best])}"
    words += "" if pd.isna(lead) else f"（领先 {subject.say_gap(lead)}）"
    if not near or best == near:
        return words
    return f"{words}，最近的是{_few([names[each] for each in near])}（领先 {subject.say_gap(by.at[near[0], 'lead'])}）"


def worth(why: str, row: object, region: str, subject: Subject, slope: float) -> str:
    """From a row of `core.recommend.contenders`: what one reason to learn from it rests on; `slope` is the region's own."""
    if why == "最优":
        return "本期全市最好。"
    if why == "最近的领先者":
        return f"领先的各地里离{region}最近，只差 {subject.say_gap(row.lead)}。"  # type: ignore[attr-defined]
    if why == "进步最快":
        own = "" if pd.isna(slope) else f"；{region}每期{_pace(slope, subject)}"
        return f"领先的各地里进步最快：每期{_pace(row.slope, subject)}{own}。"  # type: ignore[attr-defined]
    then, theirs, ours = Period.parse(row.start_period).label, subject.say(row.start), subject.say(row.start_ours)  # type: ignore[attr-defined]
    return f"起点和{region}相近，领先的一半以上是后来拉开的：{then} {theirs}，{region} {ours}。"


def _pace(slope: float, subject: Subject) -> str:
    """提高 1.2 分, 减少 0.31 工作日, 不变; with two decimals at least."""
    finer = replace(subject, decimals=max(subject.decimals, 2))
    said = finer.say_gap(abs(slope))
    return "不变" if float(f"{slope:.{finer.decimals}f}") == 0 else f"{'提高' if slope > 0 else '减少'} {said}"


def mapped(rows: pd.DataFrame, words: Sequence[str], subject: str, period: str) -> str:
    """From map rows and their classes, the best first: who is in the best and in the last class that has any place."""
    members = {word: list(rows.loc[rows["class"] == word, "label"]) for word in words}
    there = [word for word in words if members[word]]
    if not there:
        return f"{period}，{subject}没有可以画到图上的数。"
    parts = [
        f"{word} {len(members[word])} 地（{_few(members[word], 4)}）" for word in dict.fromkeys((there[0], there[-1]))
    ]
    missing = len(rows) - sum(map(len, members.values()))
    return f"{period}{subject}：{'，'.join(parts)}" + (f"；缺数 {missing} 地。" if missing else "。")


def city(places: pd.DataFrame, weak: pd.DataFrame) -> str:
    """From the documents: the city's place in the province year by year, and how many weak indicators were named."""
    years = "，".join(f"{row.period} 年第 {int(row.value)}" for row in places.itertuples())
    return f"平顶山市在全省营商环境评价中：{years}；第37期通报点名 {len(weak)} 个短板指标。"


def city_places(places: pd.DataFrame, names: Mapping[str, str]) -> str:
    """From the documents: which cities have a place in the province, year by year."""
    if places.empty:
        return "现有文件没有写明任何一个市在全省的名次。"
    parts = [
        f"{names[region]}{'，'.join(f'{row.period} 年第 {int(row.value)}' for row in rows.itertuples())}"
        for region, rows in places.groupby("region", sort=False)
    ]
    return f"现有文件只写明 {len(parts)} 个市在全省营商环境评价中的名次：{'；'.join(parts)}。"


def targets(table: pd.DataFrame) -> str:
    """From assessed targets: how many reached, overdue, without a value."""
    count = table["status"].value_counts()

    def of(status: str) -> int:
        return int(count.get(status, 0))

    words = f"{len(table)} 项目标中，已达标 {of('已达标')} 项"
    late = of("逾期未达标") + of("滞后") + of("有风险")
    words += f"，逾期、滞后或有风险 {late} 项" if late else ""
    words += f"，正常推进 {of('正常推进')} 项" if of("正常推进") else ""
    blind = {"没有现值": of("有目标无现值"), "口径不一致": of("口径不一致")}
    unknown = "、".join(f"{number} 项{what}" for what, number in blind.items() if number)
    return f"{words}；还有 {unknown}，无法判断。" if unknown else f"{words}。"


def what_if(before: tuple[float, float, float], after: tuple[float, float, float], region: str, moved: int) -> str:
    """From the standing (score, rank, tier) before and after: what the changes would bring."""
    if before[0] != before[0]:
        return f"{region}本期没有得分，无法推演。"
    if not moved:
        return f"{region}现在 {text.number(before[0], 2)} 分，列{text.place(before[1])}（{text.tier(before[2])}）。拖动下面的滑块，看名次怎么变。"
    change = after[0] - before[0]
    words = f"改动 {moved} 项后，{region}总分 {text.number(before[0], 2)} → {text.number(after[0], 2)}（{text.signed(change, 2)}）"
    places = before[1] - after[1]
    words += f"，名次{text.place(before[1])} → {text.place(after[1])}"
    words += f"（{text.arrow(places)}）" if places else "（不变）"
    if before[2] != after[2]:
        return words + f"，由{text.tier(before[2])}{'升入' if after[2] < before[2] else '落到'}{text.tier(after[2])}。"
    return words + f"，仍在{text.tier(after[2])}。"


def found(query: str, counts: Mapping[str, int]) -> str:
    """How many results of each kind some words have; `counts` by the kind's name."""
    parts = "，".join(f"{name} {count}" for name, count in counts.items())
    return f"“{query}”找到 {sum(counts.values())} 条：{parts}。" if counts else f"没有找到“{query}”。"


def indicator(
    summary: object | None, rows: pd.DataFrame, names: Mapping[str, str], period: str, subject: Subject, region: str
) -> str:
    """From a distribution and its summary: the mean, the best and the worst, what changed, where the region stands."""
    if summary is None:
        return f"{subject.name} {period}没有数值。"
    best, worst = summary.best, summary.worst  # type: ignore[attr-defined]
    words = f"{subject.name} {period} {summary.count} 地平均 {subject.say_middle(summary.mean)}"  # type: ignore[attr-defined]
    if best == worst:
        words += "，各地相同"
    else:
        leaders, last = ([names[each] for each in who] for who in (summary.leaders, summary.last))  # type: ignore[attr-defined]
        words += f"，最好{_or_count(leaders)} {text.number(best, subject.decimals)}"
        words += f"，最差{_or_count(last)} {text.number(worst, subject.decimals)}"
        words += f"，相差 {subject.say_gap(abs(best - worst))}"
    change = summary.change  # type: ignore[attr-defined]
    if not pd.isna(change):
        words += f"；平均比上期 {subject.say_change(change)}{subject.verdict(change)}"
    ours = rows[rows["region"] == region].iloc[0]
    if pd.isna(ours["value"]):
        return f"{words}；{names[region]}缺数。"
    return f"{words}；{names[region]} {subject.say(ours['value'])}" + (
        "，没有名次。" if pd.isna(ours["rank"]) else f"，列{text.place(ours['rank'])}。"
    )


def association(found: object, x: Subject, y: Subject) -> str:
    """From a rank correlation: in words, with the number of places, and that it proves no cause."""
    rho, count, p = found.rho, found.count, found.p  # type: ignore[attr-defined]
    if pd.isna(rho):
        return f"{x.scored}和{y.scored}两项都有数的只有 {count} 地，或者其中一项各地相同，算不出相关。"
    words = f"{count} 地的等级相关系数（斯皮尔曼）{text.signed(rho, 2)}："
    if abs(rho) < WEAK:
        words += f"{x.scored}和{y.scored}几乎没有关系"
    else:
        how = "明显" if abs(rho) >= STRONG else "有一些"
        words += f"{x.scored}高的地方，{y.scored}往往{'也高' if rho > 0 else '低'}（{how}）"
        words += f"；但只有 {count} 地，也可能是偶然" if p >= CHANCE else ""
    return words + "。一起变化不等于一个引起另一个。"


def _or_count(names: list[str], limit: int = 2) -> str:
    return text.listed(names) if len(names) <= limit else f"的 {len(names)} 地"


def _few(names: list[str], limit: int = 3) -> str:
    return text.listed(names[:limit]) + (f"等 {len(names)} 地" if len(names) > limit else "")


def _optional(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type]


def declarations(states: Sequence[State]) -> str:
    """How many declarations stand where."""
    counts = {state: sum(each is state for each in states) for state in State}
    if not any(count for state, count in counts.items() if state is not State.DROPPED):
        return "还没有申报表。"
    names = {State.PUBLISHED: "已公示", State.SUBMITTED: "待审核", State.RETURNED: "退回待改", State.DRAFT: "草稿"}
    return f"申报表：{'，'.join(f'{name} {counts[state]} 份' for state, name in names.items() if counts[state])}。"


def declaration(unit: str, subject: str, state: State) -> str:
    """Whose declaration on what, and where it stands."""
    return f"{unit or '（未填单位）'}{f'：{subject}' if subject else ''}（{state.label}）"


def campaign(day: str, units: int, filed: int, counts: Mapping[str, int], early: int, board: pd.DataFrame) -> str:
    """From a campaign at the end of a day: who has declared, how many reports were due and came, and who is ahead.

    In: `filed` of `units` have a published declaration; counts of the reports due so far by 按时, 迟报 and 逾期未报; how many
    came before their quarter's end; `campaign.board`.
    """
    if not units:
        return f"截至{day}，还没有单位填申报表。"
    words = f"截至{day}，{units} 个单位中 {filed} 个已公示申报表"
    due = sum(counts.get(name, 0) for name in ("按时", "迟报", "逾期未报"))
    came = counts.get("按时", 0) + counts.get("迟报", 0)
    if due:
        words += f"，应报 {due} 份进展，已报 {came} 份"
        words += f"（{counts['迟报']} 份迟报）" if counts.get("迟报") else ""
        words += f"，逾期未报 {counts['逾期未报']} 份" if counts.get("逾期未报") else ""
    words += f"，提前报送 {early} 份" if early else ""
    first = board[board["rank"] == 1]
    if len(first):
        come = text.number(first["progress"].iloc[0] * 100, 0)
        ahead = text.listed(first["unit"].head(2)) + (f"等 {len(first)} 个单位" if len(first) > 2 else "")
        return f"{words}；走在最前的是{ahead}（目标完成 {come}%）。"
    nothing = "报来的数还算不出进展（缺原值或缺数）" if came or early else "还没有进展数据"
    return f"{words}；{nothing}。" if filed else f"{words}。"


def phase(campaign: Campaign, day: date) -> str:
    """Where a day lies in a campaign, and what is due next."""
    now, due = campaign.phase(day), campaign.next_due(day)
    if day > campaign.end:
        where = "活动已经结束"
    elif now is None:
        where = "活动还没有开始" if day < campaign.phases[0].start else "在两个阶段之间"
    else:
        where = f"处在{now.name}" + (f"：{now.task}" if now.task else "")
    if due is None:
        return f"{where}。没有还要报送的了。"
    what = "申报表" if due == campaign.filing_due else "季度进展"
    left = (due - day).days
    return f"{where}。下一个应报日：{text.date_words(due)}，报{what}，{f'还有 {left} 天' if left else '就是今天'}。"


def practices(rows: pd.DataFrame, against: str, best: str) -> str:
    """From `practices.ranked`: how many cases bear on whose weaknesses, and the one that does most; `best` says why."""
    bearing = rows[rows["weight"] > 0]
    if not against:
        return f"{len(rows)} 项典型做法，按文件的顺序排列。"
    if bearing.empty:
        return f"{len(rows)} 项典型做法里，没有一项直接对着{against}。"
    return f"{len(rows)} 项典型做法中 {len(bearing)} 项对着{against}；对得最多的是{bearing['title'].iloc[0]}：{best}。"
