from django.db import models


class WorkdayException(models.Model):
    """A day that is not what its weekday says: a holiday, or a weekend that is worked to make up for one."""

    day = models.DateField("日期", unique=True)
    is_working = models.BooleanField("上班", help_text="勾选为调休上班，不勾选为放假")
    name = models.CharField("名称", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "节假日安排"

    def __str__(self):
        return f"{self.day} {self.name}"
