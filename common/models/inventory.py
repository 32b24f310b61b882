"""What the floor under all apps holds about people. Compared with the models by tests/branches/test_privacy.py."""

from common.personal import AFTER_LEAVING, Kept

TITLE = "留痕、消息和登录"
KEPT = (
    Kept("AuditEvent", "id number at by verb object_type object_id object_label organisation_path detail previous_hash hash", "留痕：谁在何时对什么做了什么（不含选票，不含资料改动前后的原文）", "安全审计，法律要求", "审计管理员", "长期；前后相扣，不能删改"),
    Kept("Job", "id kind key label arguments state attempts lease_until done_steps total_steps message result result_url requested_by created_at finished_at", "后台任务：由谁提出、进度、结果地址", "进度和重试", "提出人", "长期"),
    Kept("Notice", "id recipient event step title body url created_at read_at mail_after mailed_at mail_attempts", "消息：收件人、内容、已读和邮件发出时间", "提醒", "收件人", f"长期；收件人{AFTER_LEAVING}"),
    Kept("sessions.Session", "session_key session_data expire_date", "登录会话：会话里只有账号编号和签名", "保持登录", "任何人都看不到", "退出即删；不用 30 分钟、最多 12 小时失效"),
    Kept("axes.AccessAttempt", "id user_agent ip_address username http_accept path_info attempt_time get_data post_data failures_since_start", "登录失败：账号、网络地址、浏览器、次数（密码不记）", "防止猜密码", "任何页面都不显示，运维人员可在数据库里查", "登录成功即删；过十分钟后随下次失败清除"),
)  # fmt: skip
# model -> why it holds nothing about a person
NOTHING_PERSONAL = {
    "Heartbeat": "后台程序的心跳",
    "auth.Permission": "框架自带的表，不使用",
    "auth.Group": "框架自带的表，不使用",
    "contenttypes.ContentType": "模型的名称",
    "axes.AccessFailureLog": "不启用，没有内容",
    "axes.AccessLog": "不启用，没有内容",
    "axes.AccessAttemptExpiration": "登录失败记录何时到期，不含人",
}
