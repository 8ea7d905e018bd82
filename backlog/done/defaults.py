"""The Definitions of Done a project begins with, in the organisation's language: (text, required, by)."""

Line = tuple[str, bool, str]

DEFAULTS: dict[str, dict[str, tuple[Line, ...]]] = {
    "zh": {
        "story": (
            ("自动化测试通过", True, "anyone"),
            ("部署到测试环境", True, "anyone"),
            ("向业务用户演示", True, "anyone"),
        ),
        "task": (("复核通过", True, "someone_else"),),
        "bug": (("复核通过", True, "someone_else"),),
        "experiment": (("假设与成功指标事先写明", True, "anyone"), ("结果(包括失败)已分享", True, "anyone")),
        "data": (
            ("质量检查通过", True, "anyone"),
            ("数据字典已更新", True, "anyone"),
            ("个人信息已脱敏", True, "anyone"),
        ),
        "model": (
            ("在留出集上评估并记录指标", True, "anyone"),
            ("达到或未达到本冲刺目标已写明(未达到也算完成)", True, "anyone"),
            ("数据来源与授权已登记", True, "anyone"),
            ("模型卡已更新", True, "someone_else"),
            ("监控告警已配置", False, "anyone"),
        ),
    },
    "en": {
        "story": (
            ("Automated tests pass", True, "anyone"),
            ("Deployed to the test environment", True, "anyone"),
            ("Shown to business users", True, "anyone"),
        ),
        "task": (("Reviewed", True, "someone_else"),),
        "bug": (("Reviewed", True, "someone_else"),),
        "experiment": (
            ("Hypothesis and success metric written down beforehand", True, "anyone"),
            ("Result shared, failure included", True, "anyone"),
        ),
        "data": (
            ("Quality checks pass", True, "anyone"),
            ("Data dictionary updated", True, "anyone"),
            ("Personal data masked", True, "anyone"),
        ),
        "model": (
            ("Evaluated on the hold-out set, metrics recorded", True, "anyone"),
            ("Written down whether the sprint's goal was met (not met counts as done)", True, "anyone"),
            ("Data sources and permissions registered", True, "anyone"),
            ("Model card updated", True, "someone_else"),
            ("Monitoring and alerts set up", False, "anyone"),
        ),
    },
}
