"""活动记录 (B01, B10 to B12, R08, R09): what was done, by whom, as evidence of which items."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.attachments import served
from common.dates import today
from common.paging import page_of
from common.templatetags.portal import cn_date
from competitions import permissions
from competitions.actions import activities as actions
from competitions.forms import activities as forms
from competitions.forms.cases import PictureForm
from competitions.models import Activity, ActivityPicture
from competitions.queries.finding import Directory
from competitions.queries.items import tagged_with
from competitions.views.deeds import Deed, deed_page, offered
from competitions.views.pages import chosen, list_page, organisations_of

PEOPLE, NOTES = 60, 30


def activity_list(request):
    items = items_of(request)
    tags = [(item.key, item.name) for item in items]
    kinds = dict.fromkeys(one for item in items for one in item.options.kinds)
    kinds = [(one, one) for one in kinds]
    asked, kind = request.GET.get("item", "")[:40], chosen(request, "kind", kinds)
    add = items and permissions.can_run_anything(request.user)
    return list_page(
        request,
        _activities(request, asked, kind),
        _line,
        title="活动记录",
        sub="培训、学习、驻村、志愿服务；到会由组织者登记，不比在线时长。",
        headings=["名称", "种类", "主办", "日期", "地点"],
        actions=[("记一次活动", reverse("competitions:activity_add"), "plus")] if add else [],
        search=("name", "place", "organisation__name"),
        choices=[
            ("item", "体现的项目", [("", "全部"), *tags], asked),
            ("kind", "种类", [("", "全部"), *kinds], kind),
        ],
        empty=("还没有活动记录", "组织者记下做了什么、谁参加、效果怎样，就成为“比”的佐证。"),
    )


def _activities(request, item, kind):
    rows = Activity.objects.visible_to(request.user).filter(campaign=request.campaign)
    rows = rows.filter(tagged_with(item)) if item else rows
    rows = rows.filter(kind=kind) if kind else rows
    return rows.select_related("organisation").order_by("-held_on", "-pk")


def _line(one):
    cells = [one.name, one.kind, one.organisation.label, cn_date(one.held_on), one.place]
    return reverse("competitions:activity_detail", args=[one.pk]), cells, None


def items_of(request):
    return request.period.plan.items_with("activity") if request.period else ()


def activity_add(request):
    items = items_of(request)
    if not items:
        raise Http404
    organisations = organisations_of(request)
    if not organisations.exists():
        raise PermissionDenied
    form = forms.ActivityForm(
        request.POST or None,
        items=items,
        tags=_tags(request, items),
        co_organisers=_co_organisers(request, items),
        organisations=organisations,
        campaign=request.campaign,
        today=today(),
        initial={"held_on": today()},
    )
    if form.is_valid():
        activity = _add(request, form.cleaned_data)
        messages.success(request, "已记下，可以接着补工作日志。")
        return redirect("competitions:activity_detail", activity.pk)
    context = {
        "form": form,
        "title": "记一次活动",
        "submit": "记下",
        "crumbs": [("活动记录", reverse("competitions:activity_list"))],
    }
    return render(request, "competitions/form.html", context)


def _tags(request, items):
    keys = dict.fromkeys(tag for item in items for tag in item.options.tags)
    return [(key, request.period.plan.item_name(key)) for key in keys]


def _co_organisers(request, items):
    """Of the items, and the mass organisations that the plan names beside its leading group (R08)."""
    group = request.period.plan.leading_group
    named = [one for item in items for one in item.options.organisers]
    return list(dict.fromkeys([*named, *(group.co_organisers if group else ())]))


def _add(request, cleaned):
    item, _, kind = cleaned["kind"].partition("/")
    chosen = next(one for one in items_of(request) if one.key == item)
    activity = Activity(
        campaign=request.campaign,
        period=request.period,
        item=item,
        kind=kind,
        tags=sorted({*cleaned.get("tags", ()), *(chosen.options.tags[:1] or ()), item}),
        co_organisers=cleaned.get("co_organisers", []),
        **{
            key: cleaned[key]
            for key in ("organisation", "name", "held_on", "ends_on", "place", "leader", "summary")
        },
    )
    return actions.add_activity(
        activity, people=cleaned["people"], by=request.user, at=timezone.now()
    )


def activity_detail(request, pk):
    activity = _visible(request, pk)
    plan = activity.period.plan
    names = {item.key: item.name for item in plan.items()}
    context = {
        "activity": activity,
        "item": names.get(activity.item, activity.item),
        "tags": [(key, names[key]) for key in activity.tags if key in names],
        "people": page_of(request, _attendance(activity), size=PEOPLE, key="people"),
        "notes": page_of(request, _notes(activity), size=NOTES, key="notes"),
        "pictures": activity.pictures.order_by("pk"),
        "may_remove": permissions.can_run(request.user, activity),
        "deeds": offered(DEEDS, request.user, activity),
        "crumbs": _crumbs(),
    }
    return render(request, "competitions/activity_detail.html", context)


def _attendance(activity):
    rows = activity.attendance.select_related("person")
    return rows.order_by("person__name_pinyin", "pk")


def _notes(activity):
    return activity.notes.select_related("noted_by").order_by("-done_on", "-pk")


@require_safe
def activity_picture(request, pk):
    """The file itself, to those who see the activity; never public."""
    seen = ActivityPicture.objects.filter(activity__in=Activity.objects.visible_to(request.user))
    picture = get_object_or_404(seen, pk=pk)
    return served(picture.image, name=f"activity-{pk}.jpg", is_picture=True)


def activity_picture_remove(request, pk):
    seen = ActivityPicture.objects.filter(activity__in=Activity.objects.visible_to(request.user))
    picture = get_object_or_404(seen.select_related("activity__organisation"), pk=pk)
    activity = picture.activity
    back = reverse("competitions:activity_detail", args=[activity.pk])
    deeds = {
        "remove": Deed(
            "移除照片",
            permissions.can_remove_activity_picture,
            actions.remove_activity_picture,
            hint="照片里有人不再同意时请移除；移除后不能恢复，谁移除的会留痕。",
        )
    }
    crumbs = [*_crumbs(), (activity.name, back)]
    return deed_page(request, picture, deeds, "remove", back=back, crumbs=crumbs)


def activity_deed(request, pk, deed):
    activity = _visible(request, pk)
    back = reverse("competitions:activity_detail", args=[pk])
    return deed_page(
        request, activity, DEEDS, deed, back=back, crumbs=[*_crumbs(), (activity.name, back)]
    )


def _visible(request, pk):
    activities = Activity.objects.visible_to(request.user).select_related(
        "organisation", "campaign__organisation", "period__scheme_version", "leader", "made_by"
    )
    return get_object_or_404(activities, pk=pk)


def _crumbs():
    return [("活动记录", reverse("competitions:activity_list"))]


def _directory(activity):
    return Directory("person", activity.campaign.organisation, today=today())


def _listed(request, activity):
    names = activity.attendance.order_by("person__name_pinyin", "pk").values_list("person__name")
    return {
        "directory": _directory(activity),
        "initial": {"people": "\n".join(name for (name,) in names)},
    }


DEEDS = {
    "note": Deed(
        "记工作日志",
        permissions.can_note_activity,
        actions.add_note,
        form=lambda data, files: forms.NoteForm(data, initial={"kind": "task", "done_on": today()}),
        values=lambda form: form.cleaned_data,
        is_main=True,
    ),
    "attendance": Deed(
        "登记到会",
        permissions.can_run,
        actions.note_attendance,
        form=lambda data, files, **given: forms.AttendanceForm(data, **given),
        given=_listed,
        values=lambda form: form.cleaned_data,
    ),
    "picture": Deed(
        "加照片",
        permissions.can_picture_activity,
        actions.add_activity_picture,
        form=lambda data, files: PictureForm(
            data, files, agreed="照片里认得出的人都同意留在活动记录里"
        ),
        values=lambda form: {key: form.cleaned_data[key] for key in ("photo", "caption")},
        hint="只在内部看，不公开；随年度资料包归档。",
    ),
    "summary": Deed(
        "补充情况",
        permissions.can_run,
        actions.change_summary,
        form=lambda data, files, **given: forms.SummaryForm(data, **given),
        given=lambda request, activity: {"initial": {"summary": activity.summary}},
        values=lambda form: form.cleaned_data,
    ),
}
