from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import actions, permissions, queries
from branches.excel import listed
from branches.forms import PostForm, WindowFilter, WindowForm
from branches.models import Organisation, Post, Window
from common import downloads
from common.dates import today
from common.paging import page_of


def _windows_of(person):
    return Window.objects.visible_to(person).select_related("organisation")


@require_safe
def window_list(request):
    """Open windows one may see, in the order of the tree."""
    organisations = Organisation.objects.visible_to(request.user).active()
    windows = queries.windows_seen_by(request.user, today=today())
    chosen = WindowFilter(request.GET, windows, organisations=organisations)
    if downloads.is_asked(request):
        return downloads.listing(request, "服务窗口", listed.WINDOWS, chosen.qs)
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs),
        "can_import": permissions.can_import(request.user),
    }
    return render(request, "branches/window_list.html", context)


@require_safe
def window_detail(request, pk):
    window = get_object_or_404(_windows_of(request.user), pk=pk)
    return render(
        request,
        "branches/window_detail.html",
        {
            "window": window,
            "posts": queries.posts_at(window, today=today()),
            "can_edit": permissions.can_edit_window(request.user, window) and not window.closed_on,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def window_add(request, pk):
    """pk is the organisation's."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not permissions.can_add_window(request.user, organisation):
        raise PermissionDenied
    form = WindowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            window = actions.add_window(
                organisation=organisation, by=request.user, at=at, **form.cleaned_data
            )
        except actions.WindowRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{window.name}已设立，请安排值守人员。")
            return redirect("branches:window_detail", window.pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "branches/window_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def window_edit(request, pk):
    window = get_object_or_404(_windows_of(request.user), pk=pk)
    if not permissions.can_edit_window(request.user, window):
        raise PermissionDenied
    form = WindowForm(request.POST or None, instance=window)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            actions.update_window(window, by=request.user, at=at, **form.cleaned_data)
        except actions.WindowRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存。")
            return redirect("branches:window_detail", pk)
    return render(request, "branches/window_edit.html", {"form": form, "pk": pk})


@require_http_methods(["GET", "HEAD", "POST"])
def window_close(request, pk):
    """GET asks once and says what will happen."""
    window = get_object_or_404(_windows_of(request.user), pk=pk)
    if not permissions.can_edit_window(request.user, window):
        raise PermissionDenied
    if request.method == "POST":
        try:
            actions.close_window(window, on=today(), by=request.user, at=timezone.now())
        except actions.WindowRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{window.name}已撤销。")
        return redirect("branches:window_detail", pk)
    return render(request, "branches/window_close.html", {"window": window})


@require_http_methods(["GET", "HEAD", "POST"])
def post_add(request, pk):
    """pk is the window's."""
    window = get_object_or_404(_windows_of(request.user), pk=pk)
    if not permissions.can_edit_window(request.user, window):
        raise PermissionDenied
    people = queries.members_of(window.organisation, today=today())
    form = PostForm(request.POST or None, people=people)
    if form.is_valid():
        at = timezone.now()
        try:
            actions.add_post(window=window, by=request.user, at=at, **form.cleaned_data)
        except actions.WindowRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已安排{form.cleaned_data['person']}到{window.name}。")
            return redirect("branches:window_detail", pk)
    return render(request, "branches/post_add.html", {"form": form, "window": window})


@require_POST
def post_end(request, pk):
    windows = Window.objects.visible_to(request.user)
    posts = Post.objects.filter(window__in=windows).select_related("window__organisation")
    post = get_object_or_404(posts, pk=pk)
    if not permissions.can_edit_window(request.user, post.window):
        raise PermissionDenied
    actions.end_post(post, today=today(), by=request.user, at=timezone.now())
    messages.success(request, f"{post.person}的岗位已结束。")
    return redirect("branches:window_detail", post.window_id)
