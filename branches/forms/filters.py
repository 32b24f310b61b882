"""White-listed filters of the lists; anything else in the URL has no effect (A11)."""

from datetime import timedelta

import django_filters as filters
from django import forms
from django.db.models import Q

from branches.models import Affiliation, Organisation, Person, Role, Window
from common.dates import today
from common.models import AuditEvent

STALE_DAYS = 90
TEXT = forms.TextInput(attrs={"class": "form-control", "type": "search"})
SELECT = forms.Select(attrs={"class": "form-select"})


def _date_input():
    return forms.DateInput(attrs={"type": "date", "class": "form-control"})


def _named(queryset, value):
    value = value.strip()
    return queryset.filter(
        Q(name__icontains=value)
        | Q(name_pinyin__startswith=value.lower())
        | Q(username__iexact=value)
    )


class PersonFilter(filters.FilterSet):
    q = filters.CharFilter(label="姓名", method="by_name", max_length=60, widget=TEXT)
    organisation = filters.ModelChoiceFilter(
        label="组织",
        queryset=Organisation.objects.none(),
        method="by_organisation",
        empty_label="全部",
        widget=SELECT,
    )
    political_status = filters.ChoiceFilter(
        label="政治面貌", choices=Person.Political.choices, empty_label="全部", widget=SELECT
    )

    class Meta:
        model = Person
        fields = []

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["organisation"].queryset = organisations

    def by_name(self, queryset, name, value):
        return _named(queryset, value)

    def by_organisation(self, queryset, name, organisation):
        current = Affiliation.objects.current(today=today()).filter(
            organisation__path__startswith=organisation.path
        )
        return queryset.filter(pk__in=current.values("person"))


class WindowFilter(filters.FilterSet):
    q = filters.CharFilter(
        label="窗口", field_name="name", lookup_expr="icontains", max_length=60, widget=TEXT
    )
    organisation = filters.ModelChoiceFilter(
        label="组织",
        queryset=Organisation.objects.none(),
        method="by_organisation",
        empty_label="全部",
        widget=SELECT,
    )

    class Meta:
        model = Window
        fields = []

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["organisation"].queryset = organisations

    def by_organisation(self, queryset, name, organisation):
        return queryset.filter(organisation__path__startswith=organisation.path)


class AccountFilter(filters.FilterSet):
    q = filters.CharFilter(label="姓名或账号", method="by_name", max_length=60, widget=TEXT)
    is_active = filters.ChoiceFilter(
        label="状态",
        choices=[("1", "可登录"), ("0", "已停用")],
        method="by_state",
        empty_label="全部",
        widget=SELECT,
    )
    used = filters.ChoiceFilter(
        label="使用情况",
        choices=[("never", "从未登录"), ("stale", f"{STALE_DAYS} 天没有登录")],
        method="by_use",
        empty_label="全部",
        widget=SELECT,
    )

    class Meta:
        model = Person
        fields = []

    def by_name(self, queryset, name, value):
        return _named(queryset, value)

    def by_use(self, queryset, name, value):
        if value == "never":
            return queryset.filter(last_login=None)
        return queryset.filter(last_login__date__lte=today() - timedelta(days=STALE_DAYS))

    def by_state(self, queryset, name, value):
        return queryset.filter(is_active=value == "1")


class RoleFilter(filters.FilterSet):
    q = filters.CharFilter(
        label="姓名", field_name="person__name", lookup_expr="icontains", widget=TEXT
    )
    kind = filters.ChoiceFilter(
        label="角色", choices=Role.Kind.choices, empty_label="全部", widget=SELECT
    )

    class Meta:
        model = Role
        fields = []


class AuditFilter(filters.FilterSet):
    q = filters.CharFilter(label="谁", field_name="by__name", lookup_expr="icontains", widget=TEXT)
    verb = filters.CharFilter(label="动作", lookup_expr="icontains", widget=TEXT)
    since = filters.DateFilter(
        label="从", field_name="at", lookup_expr="date__gte", widget=_date_input()
    )
    until = filters.DateFilter(
        label="到", field_name="at", lookup_expr="date__lte", widget=_date_input()
    )

    class Meta:
        model = AuditEvent
        fields = []
