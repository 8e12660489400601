"""What could not be answered, and why: an answer of its own kind (RFC 9457), in plain Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

KIND = "application/problem+json"
TITLES = {
    400: "请求写错了",
    401: "需要密钥",
    404: "没有这个地址",
    405: "只能读取",
    406: "给不了这种格式",
    410: "数据已经更新",
    429: "请求太频繁",
    500: "服务器出错了",
    503: "现在读不到数据",
}


class Problem(Exception):
    """A request that is not met: status, what was wrong, and with which parameters (name, what is wrong with it)."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, tuple(errors), dict(headers or {})

    @property
    def content(self) -> dict[str, object]:
        """As it is sent."""
        said = {"type": "about:blank", "title": TITLES[self.status], "status": self.status, "detail": self.detail}
        named = [{"parameter": name, "reason": reason} for name, reason in self.errors]
        return {**said, "errors": named} if named else said
