import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0005_window_flow"),
        ("competitions", "0003_cancelling_and_revoking"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("case", "made_by", "written_by"),
        migrations.RenameField("case", "made_at", "written_at"),
        migrations.CreateModel(
            name="CasePicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("image", models.ImageField(upload_to="cases/", verbose_name="照片")),
                ("caption", models.CharField(max_length=80, verbose_name="照片说明")),
                ("added_at", models.DateTimeField(verbose_name="上传时间")),
            ],
            options={
                "verbose_name": "案例照片",
                "verbose_name_plural": "案例照片",
            },
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_warning_stays_inside",
        ),
        migrations.AddField(
            model_name="case",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="审批时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审批人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="checked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="审核时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="checked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审核人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="down_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="撤下时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="down_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="撤下人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="down_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="撤下原因"),
        ),
        migrations.AddField(
            model_name="case",
            name="note",
            field=models.CharField(blank=True, max_length=300, verbose_name="审核意见"),
        ),
        migrations.AddField(
            model_name="case",
            name="proposed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="提出时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="提出人",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="published_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="公示时间"),
        ),
        migrations.AddField(
            model_name="case",
            name="shown_until",
            field=models.DateField(
                blank=True,
                help_text="过了这天自动从公示页撤下；不填为长期。",
                null=True,
                verbose_name="公示到",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "草稿"),
                    ("proposed", "待审核"),
                    ("checked", "待审批"),
                    ("returned", "退回修改"),
                    ("live", "已公示"),
                    ("replaced", "已更新"),
                    ("down", "已撤下"),
                ],
                default="draft",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("self", "本人"),
                    ("branch", "支部"),
                    ("organisation", "全单位"),
                    ("public", "公众"),
                ],
                default="public",
                max_length=12,
                verbose_name="给谁看",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="written_at",
            field=models.DateTimeField(verbose_name="填写时间"),
        ),
        migrations.AlterField(
            model_name="case",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="填写人",
            ),
        ),
        migrations.AddField(
            model_name="casepicture",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="上传人",
            ),
        ),
        migrations.AddField(
            model_name="casepicture",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pictures",
                to="competitions.case",
            ),
        ),
    ]
