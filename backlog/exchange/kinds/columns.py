"""States of other tools become columns of a board: by name, by a choice somebody made, by what the word means."""

import re
from collections.abc import Sequence

from backlog.board.models import Column
from backlog.board.queries import first_todo
from backlog.exchange.kinds.kind import Batch
from backlog.exchange.kinds.record import Record
from backlog.kernel.text import fold

MEANT = {
    "todo": (
        "to do", "todo", "open", "new", "backlog", "reopened", "待办", "未开始", "新建", "新", "规划中", "已规划", "待处理", "激活",
        "新提交", "待开始", "草稿", "draft", "active", "activate", "planned", "planning", "ready", "待确认", "已确认", "待排期", "未处理", "待修复", "待开发",
        "变更中", "评审通过", "0%", "0", "未完成", "wait", "未激活", "已计划", "打开", "重新打开", "本周冲刺", "待评审", "selected for development",
    ),
    "doing": (
        "in progress", "doing", "in review", "review", "testing", "blocked", "进行中", "开发中", "处理中", "实现中", "评审中", "测试中",
        "已解决待验证", "暂停", "已暂停", "设计中", "研究中", "实施中", "修复中", "验证中", "待发布", "待上线", "待验收", "ongoing", "on hold", "wip", "进行", "doing now", "待测试", "pause", "研发中", "in development", "in testing", "接受/处理", "挂起", "待验证",
    ),
    "done": (
        "done", "closed", "resolved", "complete", "completed", "finished", "已完成", "完成", "已关闭", "关闭", "已解决", "已实现",
        "已发布", "已上线", "released", "已验收", "已修复", "已验证", "已实施", "上线", "verified", "fixed", "won't do", "wont do", "won't fix", "cancelled", "canceled", "rejected", "duplicate", "不做", "作废", "100%", "deployed", "shipped", "已结束", "结束", "已取消", "cancel", "已拒绝",
    ),
}  # fmt: skip
WORDS = {word: category for category, words in MEANT.items() for word in words}
PART = re.compile(r"^[1-9]\d?(?:\.\d+)?%$")  # so much of it is done
DECORATION = re.compile(r"[^\w\s/&-]+|^[\d.、\s]+")  # 完成 🎉, 3. Done
LATE = ("review", "评审", "测试", "test", "验证", "blocked")


def _category(key: str) -> str:
    """What a state means: by its word, without what decorates it, or by how much is done."""
    bare = DECORATION.sub("", key).strip()
    return WORDS.get(key) or WORDS.get(bare) or ("doing" if PART.match(key) else "")


class Columns:
    """The columns of one board, found by what a file calls them."""

    def __init__(self, columns: Sequence[Column], batch: Batch) -> None:
        self.columns, self.batch = columns, batch
        self.by_name = {fold(each.name): each for each in columns}

    def of(self, record: Record, typed: str) -> Column:
        """The column of a state; where none is known the first todo one, and it is said."""
        key = fold(typed)
        chosen = self.batch.states.get(key)
        if chosen is not None:
            return self.by_name.get(fold(chosen)) or first_todo(self.columns)
        if key in self.by_name:
            return self.by_name[key]
        said = fold(str(record.values.get("category", "")))
        category = _category(key) or (said if said in MEANT else WORDS.get(said, ""))
        found = self._meant(key, category)
        self.batch.unknown_states[typed] = found.name
        if not category:
            record.warn("column", "import.unknown_column_state", state=typed, column=found.name)
        return found

    def _meant(self, key: str, category: str) -> Column:
        of_kind = [each for each in self.columns if each.category == category]
        if not of_kind:
            return first_todo(self.columns)
        like = [each for each in of_kind if key in fold(each.name) or fold(each.name) in key]
        if like:
            return like[0]
        return of_kind[-1] if category == "doing" and any(word in key for word in LATE) else of_kind[0]
