from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from branches.models.organisation import Organisation
from branches.models.scope import under, visible_paths
from common.dates import today


class PersonQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Oneself, and everybody who now belongs to an organisation one may look into."""
        affiliated = Affiliation.objects.current(today=today()).filter(
            under(visible_paths(person), "organisation__path")
        )
        return self.filter(Q(pk=person.pk) | Q(pk__in=affiliated.values("person")))

    def in_organisation(self, organisation, *, today):
        """People who belong to the organisation or below it on the day."""
        current = Affiliation.objects.current(today=today).filter(
            organisation__path__startswith=organisation.path
        )
        return self.filter(pk__in=current.values("person"))


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def create_user(self, username, password=None, **fields):
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A party member or a non-member colleague (L05); also the account that signs in."""

    class Gender(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    class Political(models.TextChoices):
        MEMBER = "member", "中共党员"
        PROBATIONARY = "probationary", "中共预备党员"
        LEAGUE = "league", "共青团员"
        MASSES = "masses", "群众"

    class Precision(models.TextChoices):
        YEAR = "year", "年"
        MONTH = "month", "月"
        DAY = "day", "日"

    username = models.CharField("账号", max_length=80, unique=True)
    name = models.CharField("姓名", max_length=60)
    name_pinyin = models.CharField("姓名拼音", max_length=120, blank=True, db_index=True)
    work_no = models.CharField("工号", max_length=40, blank=True)
    gender = models.CharField("性别", max_length=10, choices=Gender, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    education = models.CharField("学历", max_length=40, blank=True)
    political_status = models.CharField(
        "政治面貌", max_length=20, choices=Political, default=Political.MASSES
    )
    birth_on = models.DateField("出生日期", null=True, blank=True)
    birth_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    joined_on = models.DateField("入党日期", null=True, blank=True)
    joined_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    regular_on = models.DateField("转正日期", null=True, blank=True)
    regular_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    party_position = models.CharField("党内职务", max_length=60, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    email = models.EmailField("邮箱", blank=True)
    motto = models.CharField("人生格言", max_length=120, blank=True)
    photo = models.ImageField("照片", upload_to="photos/", blank=True)
    photo_consented_at = models.DateTimeField("同意公开照片时间", null=True, blank=True)
    id_number_sealed = models.BinaryField(null=True, blank=True)
    id_number_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    is_active = models.BooleanField("可登录", default=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    password_changed_at = models.DateTimeField("改密时间", null=True, blank=True)
    created_at = models.DateTimeField("建档时间", auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        constraints = [
            models.UniqueConstraint(
                fields=["work_no"], condition=~Q(work_no=""), name="person_work_no_unique"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_party_member(self):
        return self.political_status in {Person.Political.MEMBER, Person.Political.PROBATIONARY}


class AffiliationQuerySet(models.QuerySet):
    def current(self, *, today):
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))


class Affiliation(models.Model):
    """A person's belonging to an organisation, dated: a transfer never rewrites the past (D3)."""

    class Status(models.TextChoices):
        MEMBER = "member", "正式党员"
        PROBATIONARY = "probationary", "预备党员"
        STAFF = "staff", "非党员工作人员"

    person = models.ForeignKey(Person, models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    status = models.CharField("身份", max_length=20, choices=Status, default=Status.MEMBER)
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组织关系"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on=None),
                name="affiliation_one_current_per_person",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="affiliation_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.person} 在 {self.organisation}"
