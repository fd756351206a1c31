import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
from django.db import migrations, models

import core.models.public


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Issuer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="Tên cơ quan")),
                ("short_name", models.CharField(blank=True, help_text="Ví dụ: Bộ GDĐT. Để trống nếu không có.", max_length=80, verbose_name="Tên ngắn")),
                ("is_party", models.BooleanField(default=False, help_text="Văn bản của cơ quan Đảng chỉ được công khai khi ghi rõ căn cứ cho phép.", verbose_name="Cơ quan của Đảng")),
            ],
            options={"verbose_name": "cơ quan ban hành", "verbose_name_plural": "cơ quan ban hành", "ordering": ["name"]},
            bases=(core.models.public.PublicContent, models.Model),
        ),
        migrations.RemoveConstraint(model_name="officialdocument", name="document_number_once_per_issuer"),
        migrations.RenameField(model_name="officialdocument", old_name="issuer", new_name="issuer_text"),
        # So that the way back can make the column anew.
        migrations.AlterField(
            model_name="officialdocument",
            name="issuer_text",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="Cơ quan ban hành"),
        ),
        migrations.AddField(
            model_name="officialdocument",
            name="issuer",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="documents.issuer", verbose_name="Cơ quan ban hành"),
        ),
        migrations.AddField(
            model_name="officialdocument",
            name="number_key",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="officialdocument",
            name="issue_year",
            field=models.PositiveSmallIntegerField(blank=True, db_index=True, editable=False, null=True, verbose_name="Năm ban hành"),
        ),
        migrations.AddField(
            model_name="officialdocument",
            name="expired_on",
            field=models.DateField(blank=True, help_text="Ngày đầu tiên văn bản không còn hiệu lực.", null=True, verbose_name="Ngày hết hiệu lực"),
        ),
        migrations.AddField(
            model_name="officialdocument",
            name="signer_title",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="Chức vụ người ký"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="officialdocument",
            name="recipients",
            field=models.TextField(blank=True, default="", help_text="Mỗi nơi một dòng.", max_length=2000, verbose_name="Nơi nhận"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="officialdocument",
            name="basis_text",
            field=models.TextField(blank=True, default="", help_text="Căn cứ chưa có trong danh mục, mỗi căn cứ một dòng. Căn cứ đã có thì chọn ở phần Quan hệ.", max_length=2000, verbose_name="Căn cứ khác"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="officialdocument",
            name="disclosure_note",
            field=models.CharField(blank=True, default="", help_text="Bắt buộc khi công khai văn bản của cơ quan Đảng: dựa vào đâu mà được công khai.", max_length=300, verbose_name="Căn cứ công khai"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("label", models.CharField(blank=True, help_text="Ví dụ: Bản chính, Phụ lục I.", max_length=120, verbose_name="Nhãn")),
                ("document", modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name="files", to="documents.officialdocument")),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="register_files", to="core.sitedocument", verbose_name="Tệp")),
            ],
            options={
                "verbose_name": "tệp của văn bản",
                "verbose_name_plural": "tệp của văn bản",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("document", "file"), name="file_once_per_document")],
            },
            bases=(core.models.public.PublicContent, models.Model),
        ),
        migrations.CreateModel(
            name="DocumentRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("kind", models.CharField(choices=[("based_on", "Căn cứ vào"), ("amends", "Sửa đổi, bổ sung"), ("replaces", "Thay thế"), ("ends", "Làm hết hiệu lực"), ("guides", "Hướng dẫn thi hành")], max_length=10, verbose_name="Quan hệ")),
                ("source", modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name="relations", to="documents.officialdocument")),
                ("target", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="turned_relations", to="documents.officialdocument", verbose_name="Với văn bản")),
            ],
            options={
                "verbose_name": "quan hệ giữa văn bản",
                "verbose_name_plural": "quan hệ giữa văn bản",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("source", "target", "kind"), name="relation_between_documents_once"),
                    models.CheckConstraint(condition=models.Q(("source", models.F("target")), _negated=True), name="relation_not_with_itself"),
                ],
            },
            bases=(core.models.public.PublicContent, models.Model),
        ),
        migrations.CreateModel(
            name="FormTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="Tên biểu mẫu")),
                ("purpose", models.CharField(blank=True, max_length=300, verbose_name="Dùng để làm gì")),
                ("audience", models.CharField(blank=True, max_length=200, verbose_name="Ai điền")),
                ("annex", models.CharField(blank=True, help_text="Ví dụ: Phụ lục III.", max_length=80, verbose_name="Phụ lục")),
                ("visibility", models.CharField(choices=[("internal", "Nội bộ"), ("public", "Công khai")], default="internal", max_length=10, verbose_name="Phạm vi")),
                ("document", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="form_templates", to="documents.officialdocument", verbose_name="Kèm theo văn bản")),
            ],
            options={"verbose_name": "biểu mẫu", "verbose_name_plural": "biểu mẫu", "ordering": ["name", "pk"]},
            bases=(core.models.public.PublicContent, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="FormVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("version", models.CharField(help_text="Ví dụ: 1.0, năm 2026.", max_length=40, verbose_name="Phiên bản")),
                ("since", models.DateField(verbose_name="Áp dụng từ ngày")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Ghi chú")),
                ("file", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="form_files", to="core.sitedocument", verbose_name="Tệp")),
                ("form", modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="documents.formtemplate")),
            ],
            options={
                "verbose_name": "phiên bản biểu mẫu",
                "verbose_name_plural": "phiên bản biểu mẫu",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("form", "version"), name="form_version_once", violation_error_message="Biểu mẫu này đã có phiên bản ấy.")],
            },
            bases=(core.models.public.PublicContent, models.Model),
        ),
    ]
