"""Group robots: own hosts only, sealed, in digests, so many a minute, tried again and given up."""

import base64
import hashlib
import hmac
import json
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from campaigns.models import Duty
from common import jobs, robots
from common.dates import today
from common.models import Job
from supervision.actions import robots as actions
from supervision.models import Robot, RobotMessage
from supervision.tasks import request_robot_messages, request_sending
from tests.factories import DutyFactory
from tests.factories.branches import moment

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc"
DAY = date(2026, 9, 9)  # a Wednesday
NOON = moment(DAY, 12)


class FakeRobot(BaseHTTPRequestHandler):
    """Answers as the services do; what came in stands in `server.got`."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.got.append((self.path, json.loads(self.rfile.read(length))))
        status, answer = self.server.answers
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args):
        """Quiet."""


@pytest.fixture
def server(settings):
    fake = HTTPServer(("127.0.0.1", 0), FakeRobot)
    fake.got, fake.answers = [], (200, b'{"errcode": 0}')
    threading.Thread(target=fake.serve_forever, daemon=True).start()
    settings.ROBOT_TEST_HOST = f"127.0.0.1:{fake.server_port}"
    yield fake
    fake.shutdown()
    fake.server_close()


def robot_of(world, server, kind="wecom", secret="", name="书记群"):
    return actions.add_robot(
        world.campaign, name=name, kind=kind, address=f"http://{server_host(server)}/hook?key=k",
        secret=secret, by=world.committee_member, at=NOON,
    )  # fmt: skip


def server_host(server):
    return f"127.0.0.1:{server.server_port}"


def tell(robot, number=1, at=NOON):
    actions.tell_robot(robot, event=f"e{number}", text=f"第 {number} 条", at=at)


@pytest.mark.parametrize(
    "address",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a",
        "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send",
        "https://evil.example/cgi-bin/webhook/send",
        "https://evil.example#qyapi.weixin.qq.com/cgi-bin/webhook/send",
        "https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send",
        "https://user:pass@qyapi.weixin.qq.com/cgi-bin/webhook/send",
        "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send",
        "https://qyapi.weixin.qq.com/other",
        "https://qyapi.weixin.qq.com\\@evil.example/cgi-bin/webhook/send",
        "https://127.0.0.1/cgi-bin/webhook/send",
        "https://[::1]/cgi-bin/webhook/send",
        "https://2130706433/cgi-bin/webhook/send",
        "https://0x7f.1/cgi-bin/webhook/send",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/cgi-bin/webhook/send",
        "https://\uff51yapi.weixin.qq.com/cgi-bin/webhook/send",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "//qyapi.weixin.qq.com/cgi-bin/webhook/send",
        "https://qyapi.weixin.qq.com:99999/cgi-bin/webhook/send",
        "https://[qyapi.weixin.qq.com/cgi-bin/webhook/send",
        "qyapi.weixin.qq.com",
        "",
    ],
)
def test_only_the_kinds_own_host_is_taken(address):
    with pytest.raises(robots.RobotRefused):
        robots.check_address("wecom", address)


def test_the_real_addresses_are_taken():
    for kind, address in [
        ("wecom", WECOM),
        ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=a"),
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/a"),
    ]:
        assert robots.check_address(kind, address).scheme == "https"


def test_a_name_that_leads_home_is_not_called(monkeypatch):
    """DNS that answers with a private address (H9): refused after the look-up, before the connection."""
    found = [(2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(robots.socket, "getaddrinfo", lambda *_args, **_kwargs: found)

    with pytest.raises(robots.RobotFailed, match="连不上"):
        robots.send("wecom", WECOM, "", "你好", at=NOON)


def test_what_waits_goes_out_as_one_message(world, server):
    robot = robot_of(world, server)
    for number in [1, 2, 3]:
        tell(robot, number)
    tell(robot, 3)

    sent = actions.empty_outbox(robot, at=NOON)
    again = actions.empty_outbox(robot, at=NOON)

    (path, body), *more = server.got
    assert (sent, again, more) == (3, 0, [])
    assert path == "/hook?key=k"
    assert body["msgtype"] == "text"
    assert body["text"]["content"].splitlines()[1:] == ["第 2 条", "第 3 条"]


def test_dingtalk_signs_in_the_query(world, server):
    robot = robot_of(world, server, "dingtalk", secret="SEC1")
    tell(robot)

    actions.empty_outbox(robot, at=NOON)

    query = parse_qs(urlsplit(server.got[0][0]).query)
    stamp = query["timestamp"][0]
    wanted = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(wanted).decode()]
    assert stamp == str(int(NOON.timestamp() * 1000))


def test_feishu_signs_in_the_body(world, server):
    robot = robot_of(world, server, "feishu", secret="SEC2")
    tell(robot)

    actions.empty_outbox(robot, at=NOON)

    body = server.got[0][1]
    wanted = hmac.new(f"{body['timestamp']}\nSEC2".encode(), b"", hashlib.sha256).digest()
    assert body["sign"] == base64.b64encode(wanted).decode()
    assert body["msg_type"] == "text"


def test_address_and_secret_are_sealed(world, server):
    robot = robot_of(world, server, "dingtalk", secret="SECRET-CANARY")

    stored = bytes(robot.address_sealed) + bytes(robot.secret_sealed)

    assert b"CANARY" not in stored
    assert b"127.0.0.1" not in stored


@pytest.mark.parametrize(
    "answers",
    [(500, b""), (200, b'{"errcode": 45009}'), (200, b"<html>"), (302, b""), (200, b"[1]")],
)
def test_what_was_not_taken_is_tried_later_and_given_up_at_last(world, server, answers):
    server.answers = answers
    robot = robot_of(world, server)
    tell(robot)
    at = NOON

    for _ in range(8):
        actions.empty_outbox(robot, at=at)
        at += timedelta(minutes=40) if at.hour < 10 else timedelta(minutes=33)

    message = RobotMessage.objects.get()
    robot.refresh_from_db()
    assert message.attempts == actions.MAX_ATTEMPTS
    assert message.dropped_at
    assert message.sent_at is None
    assert robot.failures == actions.MAX_ATTEMPTS
    assert len(server.got) == actions.MAX_ATTEMPTS
    assert "企业微信没有收" in robot.last_error


def test_a_dead_host_is_a_failure_and_no_error(world, server):
    robot = robot_of(world, server)
    tell(robot)
    server.shutdown()
    server.server_close()

    assert actions.empty_outbox(robot, at=NOON) == 0
    robot.refresh_from_db()
    assert "连不上" in robot.last_error


def test_the_bucket_holds_back_a_flood(world, server):
    robot = robot_of(world, server)
    for number in range(12):
        tell(robot, number)
        actions.empty_outbox(robot, at=NOON)
    at_once = len(server.got)

    actions.empty_outbox(robot, at=NOON + timedelta(seconds=3))

    assert at_once == 5
    assert len(server.got) == 6
    assert not RobotMessage.objects.filter(sent_at=None).exists()


def test_nothing_at_night_and_nothing_that_is_stale(world, server):
    robot = robot_of(world, server)
    tell(robot, at=moment(DAY, 22))

    night = actions.empty_outbox(robot, at=moment(DAY, 22))
    late = actions.empty_outbox(robot, at=moment(DAY, 22) + timedelta(hours=36))

    assert (night, late, server.got) == (0, 0, [])
    assert RobotMessage.objects.get().dropped_at


def test_the_size_of_one_message_is_kept(world, server):
    robot = robot_of(world, server)
    for number in range(4):
        actions.tell_robot(robot, event=f"e{number}", text="长" * 600, at=NOON)

    sent = actions.empty_outbox(robot, at=NOON)

    assert sent == 1
    assert len(server.got[0][1]["text"]["content"].encode()) <= 2048


def owed(world, **fields):
    return DutyFactory(
        period=world.period, organisation=world.north, assignee=world.member,
        starts_on=world.period.starts_on, **fields,
    )  # fmt: skip


def test_a_digest_a_day_with_figures_and_no_names(world, server):
    robot = robot_of(world, server)
    day = today()
    owed(world, due_on=day)
    owed(world, due_on=day - timedelta(days=2))
    owed(world, due_on=day - timedelta(days=2), act="peer_ballot")

    for hour in [8, 10, 11, 12]:
        actions.queue_digests(at=moment(day, hour))

    text = RobotMessage.objects.get(robot=robot).text
    assert "今天到期 1 件" in text
    assert "已逾期 1 件：第一支部 1" in text
    assert world.member.name not in text


def test_a_digest_is_looked_up_again_when_it_is_sent(world, server):
    robot, day = robot_of(world, server), today()
    first, second = owed(world, due_on=day), owed(world, due_on=day, rule="another")
    actions.queue_digests(at=moment(day, 10))
    Duty.objects.filter(pk=first.pk).update(done_at=moment(day, 10), done_by=world.member)

    actions.empty_outbox(robot, at=moment(day, 11))

    assert "今天到期 1 件" in server.got[0][1]["text"]["content"]
    Duty.objects.filter(pk=second.pk).update(done_at=moment(day, 11), done_by=world.member)
    RobotMessage.objects.update(sent_at=None)
    assert actions.empty_outbox(robot, at=moment(day, 12)) == 0
    assert len(server.got) == 1


def test_the_sweeper_makes_a_job_and_the_job_sends(world, server):
    robot = robot_of(world, server)
    tell(robot, at=moment(today(), 11))

    request_robot_messages(at=moment(today(), 12))
    request_robot_messages(at=moment(today(), 12))

    job = Job.objects.get(kind="send_robot")
    assert server.got == []
    assert job.arguments == {"robot": robot.pk}


def test_the_job_runs_through_the_ordinary_door(world, server, time_machine):
    robot = robot_of(world, server)
    tell(robot)
    time_machine.move_to(NOON)
    job = request_sending(robot, by=None, at=NOON)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.result == {"sent": 1}


def test_the_committee_sets_up_tries_and_sees_failures(world, as_person, server, time_machine):
    time_machine.move_to(moment(today(), 12))
    committee = as_person(world.committee_member)
    url = reverse("supervision:robot_list")
    form = {"name": "书记群", "kind": "wecom", "secret": ""}

    bad = committee.post(url, {**form, "address": "https://evil.example/x"}).content.decode()
    committee.post(url, {**form, "address": f"http://{server_host(server)}/hook"})
    again = committee.post(url, {**form, "address": WECOM}).content.decode()
    robot = Robot.objects.get()
    server.answers = (200, b'{"errcode": 93000}')
    committee.post(reverse("supervision:robot_test", args=[robot.pk]))
    jobs.run(Job.objects.get(kind="send_robot").pk)
    page = committee.get(url).content.decode()
    committee.post(reverse("supervision:robot_switch", args=[robot.pk]))

    robot.refresh_from_db()
    assert "的机器人地址以 https://qyapi.weixin.qq.com" in bad
    assert "同名的群" in again
    assert "发送失败" in page
    assert "没有收（200，93000）" in page
    assert not robot.is_active
    assert as_person(world.secretary).get(url).status_code == 403
