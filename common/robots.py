"""Group robots of 企业微信, 钉钉 and 飞书: one POST each, to hosts on the list only (reliability H9)."""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings

TIMEOUT_SECONDS = 5
LONGEST_ANSWER = 64 * 1024
ACCEPTED = 200


class RobotRefused(Exception):
    """The address is not one a message may be sent to; Chinese, shown to who entered it."""


class RobotFailed(Exception):
    """The message was not taken this time; Chinese, without address or secret."""


@dataclass(frozen=True)
class RobotKind:
    key: str
    name: str
    host: str
    path: str  # what the address begins with
    most_bytes: int
    a_minute: int


KINDS = {
    kind.key: kind
    for kind in (
        RobotKind("wecom", "企业微信", "qyapi.weixin.qq.com", "/cgi-bin/webhook/send", 2048, 20),
        RobotKind("dingtalk", "钉钉", "oapi.dingtalk.com", "/robot/send", 4000, 20),
        RobotKind("feishu", "飞书", "open.feishu.cn", "/open-apis/bot/", 18_000, 60),
    )
}


def check_address(kind, address):
    """Raises RobotRefused unless it is the kind's own host over https, without user, port or fragment."""
    rule = KINDS[kind]
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise RobotRefused("这个地址写得不对，请从群机器人的设置页整行复制。") from error
    if settings.ROBOT_TEST_HOST and parts.netloc == settings.ROBOT_TEST_HOST:
        return parts
    own = parts.scheme == "https" and parts.hostname == rule.host and port in (None, 443)
    plain = not (parts.username or parts.password or parts.fragment) and address.isascii()
    if not (own and plain and parts.path.startswith(rule.path)):
        raise RobotRefused(f"{rule.name}的机器人地址以 https://{rule.host}{rule.path} 开头。")
    return parts


def send(kind, address, secret, text, *, at):
    """POST one text message. RobotFailed when it was not taken; nothing is followed, nothing is kept open."""
    parts = check_address(kind, address)
    query, body = _signed(kind, secret, _body(kind, shortened(text, KINDS[kind].most_bytes)), at=at)
    path = parts.path + ("?" + parts.query if parts.query else "")
    path += ("&" if parts.query else "?") + query if query else ""
    try:
        status, answer = _post(parts, path, json.dumps(body, ensure_ascii=False).encode())
    except (OSError, http.client.HTTPException) as error:
        raise RobotFailed(f"连不上{KINDS[kind].name}（{type(error).__name__}）") from error
    if status != ACCEPTED or _code(answer) not in (0, None):
        raise RobotFailed(f"{KINDS[kind].name}没有收（{status}，{_code(answer)}）")


def shortened(text, most_bytes):
    """As much as fits; the limits count bytes, a Chinese character has three."""
    if len(text.encode()) <= most_bytes:
        return text
    return text.encode()[: most_bytes - 3].decode(errors="ignore") + "…"


def _body(kind, text):
    if kind == "feishu":
        return {"msg_type": "text", "content": {"text": text}}
    return {"msgtype": "text", "text": {"content": text}}


def _signed(kind, secret, body, *, at):
    """(query, body): 钉钉 signs in the query, 飞书 in the body, 企业微信 by its key in the address."""
    if not secret or kind == "wecom":
        return "", body
    if kind == "dingtalk":
        stamp = str(int(at.timestamp() * 1000))
        sign = _hmac(secret.encode(), f"{stamp}\n{secret}".encode())
        return f"timestamp={stamp}&sign={quote(sign, safe='')}", body
    stamp = str(int(at.timestamp()))
    return "", {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{secret}".encode(), b""), **body}


def _hmac(key, message):
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


def _post(parts, path, content):
    """One connection to one public address: the name is looked up once and not again (DNS rebinding)."""
    is_test = bool(settings.ROBOT_TEST_HOST) and parts.netloc == settings.ROBOT_TEST_HOST
    port = parts.port or (80 if is_test else 443)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    place = found[0][4]
    if not is_test and not ipaddress.ip_address(place[0]).is_global:
        raise OSError("not a public address")
    raw = socket.create_connection(place[:2], timeout=TIMEOUT_SECONDS)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=TIMEOUT_SECONDS)
    context = ssl.create_default_context()
    try:
        connection.sock = (
            raw if is_test else context.wrap_socket(raw, server_hostname=parts.hostname)
        )
        connection.request("POST", path, content, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read(LONGEST_ANSWER)
    finally:
        connection.close()
        raw.close()


def _code(answer):
    """The service's own code: errcode (企业微信, 钉钉) or code (飞书); None when it has none."""
    try:
        said = json.loads(answer)
    except ValueError:
        return "回答不是 JSON"
    if not isinstance(said, dict):
        return "回答不是 JSON"
    return said.get("errcode", said.get("code", said.get("StatusCode")))
