"""Group robots of the campaign: set up, try, see what failed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common import downloads
from common.robots import RobotRefused
from common.tasks import ring
from supervision import forms
from supervision.actions import robots as actions
from supervision.excel import ROBOTS
from supervision.models import Robot
from supervision.permissions import can_keep_robots
from supervision.tasks import request_sending


def robot_list(request):
    campaign = _campaign(request)
    form = forms.RobotForm(request.POST or None)
    if form.is_valid() and _added(request, campaign, form):
        messages.success(request, "已添加。按“试发”往群里发一条。")
        return redirect("supervision:robot_list")
    robots = (
        Robot.objects.visible_to(request.user)
        .filter(campaign=campaign)
        .annotate(
            waiting=Count("messages", Q(messages__sent_at=None, messages__dropped_at=None)),
            dropped=Count("messages", Q(messages__dropped_at__isnull=False)),
        )
        .order_by("pk")
    )
    if downloads.is_asked(request):
        return downloads.listing(request, "群机器人", ROBOTS, robots, period=campaign.name)
    return render(request, "supervision/robot_list.html", {"form": form, "robots": robots})


def _added(request, campaign, form):
    try:
        actions.add_robot(campaign, **form.cleaned_data, by=request.user, at=timezone.now())
    except RobotRefused as refused:
        form.add_error("address", str(refused))
        return False
    except actions.RobotExists as exists:
        form.add_error("name", str(exists))
        return False
    return True


@require_POST
def robot_test(request, pk):
    """One message through the outbox and a worker, as all others go."""
    robot = _robot(request, pk)
    at = timezone.now()
    actions.tell_robot(
        robot, event=f"test:{at:%Y%m%d%H%M%S}", text=f"试发：{robot.campaign.name}", at=at
    )
    ring(request_sending(robot, by=request.user, at=at))
    messages.success(request, "已交给后台发送，过一会儿刷新这一页看结果；夜里 21 点到 8 点不发。")
    return redirect("supervision:robot_list")


@require_POST
def robot_switch(request, pk):
    robot = _robot(request, pk)
    actions.switch_robot(robot, is_active=not robot.is_active, by=request.user, at=timezone.now())
    messages.success(request, f"{robot.name}：{'已停用' if robot.is_active else '已启用'}。")
    return redirect("supervision:robot_list")


def _campaign(request):
    if request.campaign is None or not can_keep_robots(request.user, request.campaign):
        raise PermissionDenied
    return request.campaign


def _robot(request, pk):
    robots = Robot.objects.visible_to(request.user).select_related("campaign__organisation")
    return get_object_or_404(robots, pk=pk)
