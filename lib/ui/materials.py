"""The meeting's slides and the data workbook, as the bulletin page offers them: what they say, and the button to take them."""

from __future__ import annotations

import streamlit as st

from lib import papers
from lib.export.slides import PPTX
from lib.papers import Material
from lib.ui import access, saving, show
from lib.ui.outputs import XLSX


def slides(material: Material) -> None:
    """What each slide concludes, and the file; one for each scenario that is chosen."""
    context = material.context
    tried = saving.choose(context, "推演页用哪些方案（不选：前进一位最省力的办法）", "slides_scenarios")
    deck = papers.slides(material, tried)
    st.markdown(f"### 汇报 PPT：{len(deck.slides)} 页，每页一个结论")
    st.markdown("\n".join(f"{at}. {show.plain(slide.title)}" for at, slide in enumerate(deck.slides, 1)))
    name = context.names[context.region]
    if not tried:
        st.caption(
            f"推演一页是{name}前进一位最省力的办法，其他地区保持不变；要换成别的，先到“假设推演”页试，或选保存过的方案。"
        )
    st.page_link("benchmark/whatif.py", label="去假设推演", icon=":material/tune:")
    access.download(
        "下载 PPT",
        lambda: papers.presentation(material, tried),
        file_name=f"营商环境汇报_{context.period_label}_{material.day}.pptx",
        mime=PPTX,
        type="primary",
        on_click="ignore",
        icon=":material/slideshow:",
        key="take-slides",
    )
    st.caption("图表和表格都能在 PowerPoint、WPS 里直接改；每页写明数据来源，用了演示数据的写明。")


def workbook(material: Material) -> None:
    """What is in the workbook, and the file."""
    context = material.context
    st.markdown("### 数据工作簿：排名、热力图、数值明细、目标、整改台账和来源")
    st.markdown("每个数保留全部小数；热力图和状态用条件格式着色；数值明细写明每个数来自哪个文件的哪一行。")
    access.download(
        "下载工作簿",
        lambda: papers.workbook(material),
        file_name=f"营商环境数据_{context.period_label}_{material.day}.xlsx",
        mime=XLSX,
        type="primary",
        on_click="ignore",
        icon=":material/table_view:",
        key="take-workbook",
    )
