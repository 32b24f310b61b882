import logging
import secrets
import sys

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import Http404, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from branches.views import SignIn
from campaigns.models import Campaign

PART_UP = Gauge("portal_part_up", "1 when the part answers", ["part"], multiprocess_mode="max")
PAUSE_TEXT = "这个账号在本机连续输错密码，已暂停登录 10 分钟。请稍后再试；忘记密码请联系管理员。"


log = logging.getLogger(__name__)


def server_error(request):
    """500: the number on the page is the one in the log, beside class and frames, without what was typed.

    503 while the database is away: nothing is wrong with the portal and a little later it will do (E4).
    """
    incident = f"{secrets.token_hex(2).upper()}-{timezone.localdate():%Y%m%d}"
    log.error("incident %s", incident, exc_info=True, extra={"request": request})
    if isinstance(sys.exc_info()[1], Error) and database_state() != "ok":
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": "30"})
    return HttpResponseServerError(render_to_string("500.html", {"incident": incident}))


@require_safe
@login_not_required
def healthz(request):
    """200 only when database and broker answer; the JSON says what is wrong."""
    parts = parts_state()
    healthy = all(state == "ok" for state in parts.values())
    return JsonResponse({"ok": healthy, **parts}, status=200 if healthy else 503)


@require_safe
@login_not_required
def metrics(request):
    """For the monitoring of the house; without the token it does not exist."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not secrets.compare_digest(given.encode(), token.encode()):
        raise Http404
    for part, state in parts_state().items():
        PART_UP.labels(part).set(state == "ok")
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


class PortalSignIn(SignIn):
    """Lists the demo accounts of a local portal under the names of their campaigns."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        names = dict(Campaign.objects.order_by("pk").values_list("slug", "name"))
        groups = {group["campaign"]: group for group in context["demo_accounts"]}
        context["demo_accounts"] = [
            {**groups[slug], "campaign": name} for slug, name in names.items() if slug in groups
        ]
        return context


def sign_in_paused(request, *_args, **_kwargs):
    """Axes asks for this answer after too many wrong passwords from one address."""
    return render(request, "registration/paused.html", {"text": PAUSE_TEXT}, status=429)


def parts_state():
    return {"database": database_state(), "broker": broker_state()}


def database_state():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error as error:
        return f"数据库没有应答（{type(error).__name__}）"
    return "ok"


def broker_state():
    """Pings the broker; only the class of an error is told, addresses hold passwords."""
    if not settings.REDIS_URL:
        return "没有设置 REDIS_URL，后台任务不会执行"
    client = redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2)
    try:
        client.ping()
    except (redis.RedisError, OSError) as error:
        return f"消息队列没有应答（{type(error).__name__}）"
    finally:
        client.close()
    return "ok"
