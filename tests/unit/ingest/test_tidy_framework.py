"""The framework file of the `score` command: what it says, and every refusal with its row, column and value."""

from __future__ import annotations

import pytest

from lib.ingest.tidy import read_framework
from lib.model import Direction, Node, UserError

HEADER = "code,parent,name,weight,direction,best,worst,unit,power\n"
SOUND = HEADER + "t,,总分,,,,,,\n" + "a,t,开办时间,2,lower,0.5,20,工作日,0.8\n" + "b,t,网办率,,higher,100,0,%,\n"


def refusals(text: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        read_framework(text.encode(), "dir/F.csv")
    return [f"{issue.code}|{issue}" for issue in caught.value.issues]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_sound_file_says_the_whole_tree(encoding: str) -> None:
    tree, warnings = read_framework(SOUND.encode(encoding), "F.csv")
    assert warnings == []
    assert tree.nodes == (
        Node("t", "", "总分"),
        Node("a", "t", "开办时间", 2.0, Direction.LOWER, 0.5, 20.0, "工作日", 0.8),
        Node("b", "t", "网办率", 1.0, Direction.HIGHER, 100.0, 0.0, "%", 1.0),
    )


def test_name_unit_and_power_may_be_left_out() -> None:
    text = "code,parent,weight,direction,best,worst\nt,,,,,\na,t,3,higher,,\n"
    tree, _ = read_framework(text.encode(), "F.csv")
    assert tree.nodes == (Node("t", name="t"), Node("a", "t", "a", 3.0, Direction.HIGHER))


def test_columns_in_any_order_with_spaces_and_lists_of_departments() -> None:
    text = "helpers,lead,bounds_basis,worst,best,direction, weight ,parent,code\n,,,,,,,,t\nx;y,z,定义域,0,100,higher, 2 , t , a \n"
    tree, _ = read_framework(text.encode(), "F.csv")
    assert tree["a"] == Node(
        "a", "t", "a", 2.0, Direction.HIGHER, 100.0, 0.0, lead=("z",), helpers=("x", "y"), bounds_basis="定义域"
    )


def test_a_code_may_be_the_text_na() -> None:
    tree, _ = read_framework(b"code,parent,weight,direction,best,worst\nnull,,,,,\nNA,null,,higher,,\n", "F.csv")
    assert (tree.root.code, tree.leaves) == ("null", ("NA",))


def test_a_scale_on_an_inner_node_is_a_warning_with_its_row() -> None:
    _, warnings = read_framework((SOUND + "c,t,组,,higher,9,1,,\nd,c,丁,,lower,,,,\n").encode(), "F.csv")
    assert [(w.code, w.severity.value, w.row, w.column, w.value) for w in warnings] == [
        ("scale-on-inner-node", "warning", 5, "direction", "c")
    ]
    assert str(warnings[0]) == 'F.csv 第 5 行「direction」："c" 有下级的指标不用方向和最优最差值，已忽略'


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("c,t,,abc,higher,,,,", 'value-not-number|F.csv 第 4 行「weight」："abc" 不是数字（期望：数字，或留空）'),
        ("c,t,,nan,higher,,,,", 'value-not-number|F.csv 第 4 行「weight」："nan" 不是数字（期望：数字，或留空）'),
        ("c,t,,,higher,1e999,,,", 'value-not-number|F.csv 第 4 行「best」："1e999" 不是数字（期望：数字，或留空）'),
        ('c,t,,,lower,5,"1,000",,', 'value-not-number|F.csv 第 4 行「worst」："1,000" 不是数字（期望：数字，或留空）'),
        ("c,t,,,higher,,,,二", 'value-not-number|F.csv 第 4 行「power」："二" 不是数字（期望：数字，或留空）'),
        ("c,t,,-1,higher,,,,", 'weight-negative|F.csv 第 4 行「weight」："-1" 权重不能为负（期望：0 或正数）'),
        ("c,t,,,higher,,,,0", 'power-invalid|F.csv 第 4 行「power」："0" 指数应大于 0（期望：正数，空为 1）'),
        ("c,t,,,higher,7,7,,", 'bounds-equal|F.csv 第 4 行「best」："7 / 7" 最优值等于最差值（期望：两者不同）'),
        ("c,t,,,,,,,", 'direction-missing|F.csv 第 4 行「direction」："c" 测度没有方向（期望：higher 或 lower）'),
        (
            "c,t,,,none,,,,",
            'direction-none|F.csv 第 4 行「direction」："none" 只计数的测度不能计分（期望：higher 或 lower）',
        ),
        ("a,t,,,higher,,,,", 'code-duplicate|F.csv 第 4 行「code」："a" 代码重复（期望：每个代码只出现一次）'),
        (",t,,,higher,,,,", "code-missing|F.csv 第 4 行「code」：代码为空（期望：每行一个不重复的代码）"),
        ("c,x,,,higher,,,,", 'parent-unknown|F.csv 第 4 行「parent」："x" 上级代码不存在（期望：本文件中的代码）'),
        ("c,c,,,,,,,", 'cycle|F.csv 第 4 行「parent」："c" 上下级关系成环（期望：逐级向上到总指标）'),
        (
            "c,t,,,lower,100,0,,",
            'bounds-direction|F.csv 第 4 行「best」："100 / 0" 最优值、最差值与方向（越低越好）矛盾'
            "（期望：越高越好时最优值大于最差值，越低越好时相反）",
        ),
    ],
)
def test_one_bad_row_is_one_refusal_with_its_address(row: str, line: str) -> None:
    text = HEADER + "t,,,,,,,,\na,t,,,higher,,,,\n" + row + "\n"
    assert refusals(text) == [line]


def test_an_unknown_direction_says_what_directions_there_are() -> None:
    text = HEADER + "t,,,,,,,,\na,t,,,up,10,0,,\n"
    assert refusals(text) == ['direction-unknown|F.csv 第 3 行「direction」："up" 不是方向（期望：higher 或 lower）']


def test_a_second_total_is_refused_where_it_stands() -> None:
    text = HEADER + "t,,,,,,,,\na,t,,,higher,,,,\nu,,,,,,,,\nb,u,,,higher,,,,\n"
    assert refusals(text) == [
        'root-duplicate|F.csv 第 4 行「parent」："u" 总指标多于一个（期望：恰有一行的 parent 为空）'
    ]


def test_no_total_has_no_row_to_blame() -> None:
    assert refusals(HEADER) == ["root-missing|F.csv「parent」：没有总指标（期望：恰有一行的 parent 为空）"]


def test_weights_that_are_all_zero_are_refused_at_the_first_of_them() -> None:
    text = HEADER + "t,,,,,,,,\na,t,,0,higher,,,,\nb,t,,0,higher,,,,\n"
    assert refusals(text) == [
        'weight-all-zero|F.csv 第 3 行「weight」："0" “t”的下级权重全为 0（期望：至少一项大于 0）'
    ]


def test_a_missing_column_is_named() -> None:
    assert refusals("code,parent,name,unit\nt,,,\n") == [
        "column-missing|F.csv 第 1 行：缺少列 weight、direction、best、worst"
        "（期望：第一行为列名：code,parent,weight,direction,best,worst）"
    ]


def test_a_column_that_stands_twice_is_named() -> None:
    assert refusals("code,parent,weight,direction,best,worst,best\n") == [
        "column-duplicate|F.csv 第 1 行：列名重复：best（期望：列名各不相同）"
    ]


def test_rows_are_counted_as_in_the_file_blank_lines_and_all() -> None:
    text = HEADER + "\nt,,,,,,,,\n,,,,,,,,\na,t,,,higher,,,,\nb,x,,,higher,,,,\n"
    assert refusals(text) == ['parent-unknown|F.csv 第 6 行「parent」："x" 上级代码不存在（期望：本文件中的代码）']


def test_all_problems_are_told_in_the_order_of_the_rows() -> None:
    text = HEADER + "t,,,,,,,,\nb,t,,x,lower,1,1,,\na,y,,3,,,,,\nb,t,,-1,up,9,1,,0\n"
    assert [line.split("|")[0] + line.split("F.csv")[1].split("」")[0] for line in refusals(text)] == [
        "value-not-number 第 3 行「weight",
        "bounds-equal 第 3 行「best",
        "parent-unknown 第 4 行「parent",
        "direction-missing 第 4 行「direction",
        "direction-unknown 第 5 行「direction",
        "code-duplicate 第 5 行「code",
        "weight-negative 第 5 行「weight",
        "power-invalid 第 5 行「power",
    ]
