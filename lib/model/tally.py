"""What the bulletins count by month: complaints, inspections, joint meetings, reports in the press."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What is counted; bulletins issued here are counted by themselves."""

    COMPLAINTS = "complaints"
    COMPLAINTS_CLOSED = "complaints_closed"
    APPEALS = "appeals"
    APPEALS_CLOSED = "appeals_closed"
    INSPECTIONS = "inspections"
    MEETINGS = "meetings"
    REPORTS = "reports"
    BULLETINS = "bulletins"

    @property
    def label(self) -> str:
        """Chinese name."""
        return _WORDS[self][0]

    @property
    def unit(self) -> str:
        """What one is called."""
        return _WORDS[self][1]


_WORDS = {
    Kind.COMPLAINTS: ("收到投诉", "起"),
    Kind.COMPLAINTS_CLOSED: ("办结投诉", "起"),
    Kind.APPEALS: ("收到企业诉求", "条"),
    Kind.APPEALS_CLOSED: ("办结企业诉求", "条"),
    Kind.INSPECTIONS: ("督查检查", "次"),
    Kind.MEETINGS: ("联席会议", "次"),
    Kind.REPORTS: ("宣传报道", "篇"),
    Kind.BULLETINS: ("印发通报", "期"),
}
# The facts of documents that state a total of one of them by a day.
STATED = {
    Kind.COMPLAINTS: "complaints.received",
    Kind.APPEALS: "complaints.appeals",
    Kind.MEETINGS: "mechanism.joint_meetings",
    Kind.BULLETINS: "mechanism.bulletins",
}
