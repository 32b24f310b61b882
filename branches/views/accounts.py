"""Signing in, opening an account with its slip, changing the password, looking after accounts."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import actions, permissions, queries
from branches.excel import listed
from branches.forms import AccountFilter, ActivationForm, PasswordForm, SignInForm
from common import downloads, throttle
from common.dates import today
from common.paging import page_of

TRIES, TRIES_SECONDS = 20, 600


class SignIn(LoginView):
    """Django's own view, with a line in the audit for who came in."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        response = super().form_valid(form)
        actions.note_sign_in(form.get_user(), at=timezone.now())
        return response

    def get_context_data(self, **kwargs):
        demo = queries.demo_accounts() if settings.DEMO_ALLOWED else []
        return super().get_context_data(demo_accounts=demo, **kwargs)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request):
    """The code opens the account on POST only: a chat app that previews the page burns nothing."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and not throttle.allow(request, "activate", TRIES, TRIES_SECONDS):
        return render(request, "429.html", status=429)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.activate_account(
                username=data["username"],
                code=data["code"],
                password=data["new_password"],
                at=timezone.now(),
            )
        except actions.CodeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "账号已开通，请用新密码登录。")
            return redirect("login")
    return render(request, "branches/activate.html", {"form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request):
    """Other sessions of the account end, this one goes on."""
    form = PasswordForm(request.POST or None, person=request.user)
    if form.is_valid():
        person = actions.change_password(
            request.user,
            password=form.cleaned_data["new_password"],
            by=request.user,
            at=timezone.now(),
        )
        update_session_auth_hash(request, person)
        messages.success(request, "密码已修改，下次登录请用新密码。")
        return redirect("branches:me")
    return render(request, "registration/password_change_form.html", {"form": form})


@require_safe
def account_list(request):
    if not permissions.can_see_accounts(request.user):
        raise PermissionDenied
    accounts = AccountFilter(request.GET, queries.accounts_under(request.user, today=today()))
    if downloads.is_asked(request):
        return downloads.listing(request, "账号", listed.ACCOUNTS, accounts.qs)
    page = page_of(request, accounts.qs)
    for person in page.object_list:
        person.can_issue = permissions.can_issue_code(request.user, person)
        person.can_grant = permissions.can_grant_roles(request.user) and person != request.user
    context = {
        "filter": accounts,
        "page": page,
        "can_issue_slips": permissions.can_issue_slips(request.user),
        "can_see_roles": permissions.can_see_roles(request.user),
    }
    return render(request, "branches/account_list.html", context)


def _account(request, pk):
    """The account, when the viewer may take it over for a moment."""
    if not permissions.can_see_accounts(request.user):
        raise PermissionDenied
    person = get_object_or_404(queries.accounts_under(request.user, today=today()), pk=pk)
    if not permissions.can_issue_code(request.user, person):
        raise PermissionDenied
    return person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_issue(request, pk):
    """GET asks once; POST shows the slip, the only time the code is to be seen."""
    person = _account(request, pk)
    if request.method == "POST":
        code = actions.issue_code(person, by=request.user, at=timezone.now())
        context = {"person": person, "code": code, "site": settings.PORTAL_URL}
        return render(request, "branches/account_slip.html", context)
    return render(request, "branches/account_issue.html", {"person": person})


@require_POST
def account_disable(request, pk):
    person = _account(request, pk)
    actions.disable_account(person, by=request.user, at=timezone.now())
    messages.success(request, f"{person.name}的账号已停用，已登录的也立即失效。")
    return redirect("branches:account_list")


@require_POST
def account_enable(request, pk):
    person = _account(request, pk)
    actions.enable_account(person, by=request.user, at=timezone.now())
    messages.success(request, f"{person.name}的账号已启用。")
    return redirect("branches:account_list")
