"""One number once a year for each issuer; the old columns go; platforms get a banner and audiences."""

import core.models.public
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
        ('documents', '0003_carry_texts_and_files_over'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlatformAudience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(choices=[('moi-nguoi', 'Mọi người'), ('nguoi-dan', 'Người dân'), ('can-bo-cong-chuc', 'Cán bộ, công chức, viên chức'), ('nguoi-lao-dong', 'Người lao động trong doanh nghiệp'), ('nha-giao', 'Cán bộ quản lý, nhà giáo'), ('hoc-sinh-sinh-vien', 'Học sinh, sinh viên')], max_length=20, verbose_name='Nhóm')),
            ],
            options={
                'verbose_name': 'nhóm đối tượng',
                'verbose_name_plural': 'nhóm đối tượng',
                'ordering': ['pk'],
            },
            bases=(core.models.public.PublicContent, models.Model),
        ),
        migrations.RemoveField(
            model_name='officialdocument',
            name='file',
        ),
        migrations.RemoveField(
            model_name='officialdocument',
            name='issuer_text',
        ),
        migrations.AddField(
            model_name='platform',
            name='banner',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='platform', to='core.banner'),
        ),
        migrations.AlterField(
            model_name='officialdocument',
            name='issuer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.issuer', verbose_name='Cơ quan ban hành'),
        ),
        migrations.AlterField(
            model_name='officialdocument',
            name='kind',
            field=models.CharField(choices=[('luat', 'Luật'), ('nghi-dinh', 'Nghị định'), ('nghi-quyet', 'Nghị quyết'), ('chi-thi', 'Chỉ thị'), ('quyet-dinh', 'Quyết định'), ('thong-tu', 'Thông tư'), ('quy-che', 'Quy chế, quy định'), ('ke-hoach', 'Kế hoạch'), ('chuong-trinh', 'Chương trình'), ('cong-van', 'Công văn'), ('thong-bao', 'Thông báo'), ('huong-dan', 'Hướng dẫn'), ('bao-cao', 'Báo cáo'), ('to-trinh', 'Tờ trình'), ('bien-ban', 'Biên bản'), ('giay-moi', 'Giấy mời'), ('khac', 'Văn bản khác')], max_length=40, verbose_name='Loại văn bản'),
        ),
        migrations.AlterField(
            model_name='officialdocument',
            name='number',
            field=models.CharField(blank=True, help_text='Ghi đúng như trên văn bản, ví dụ 106/KH-TCKTNVCB. Chưa biết thì để trống.', max_length=60, verbose_name='Số, ký hiệu'),
        ),
        migrations.AlterField(
            model_name='platform',
            name='audience',
            field=models.CharField(blank=True, help_text='Nói bằng lời; để lọc thì chọn nhóm ở dưới.', max_length=160, verbose_name='Dành cho'),
        ),
        migrations.AlterField(
            model_name='platform',
            name='kind',
            field=models.CharField(choices=[('national', 'Nền tảng quốc gia'), ('programme', 'Chương trình phổ cập kỹ năng số'), ('provincial', 'Cổng của tỉnh'), ('mooc', 'Khóa học trực tuyến mở'), ('service', 'Dịch vụ công, tiện ích số'), ('partner', 'Đối tác cùng làm')], max_length=12, verbose_name='Loại'),
        ),
        migrations.AddConstraint(
            model_name='officialdocument',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('number_key', ''), _negated=True), ('issue_year__isnull', False)), fields=('issuer', 'number_key', 'issue_year'), name='document_number_once_a_year', violation_error_message='Văn bản có số này của cơ quan này đã có trong danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='officialdocument',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('number_key', ''), _negated=True), ('issue_year__isnull', True)), fields=('issuer', 'number_key'), name='undated_document_number_once', violation_error_message='Văn bản có số này của cơ quan này đã có trong danh mục.'),
        ),
        migrations.AddConstraint(
            model_name='officialdocument',
            constraint=models.CheckConstraint(condition=models.Q(('issue_date__isnull', True), ('effective_date__isnull', True), ('effective_date__gte', models.F('issue_date')), _connector='OR'), name='document_works_after_its_issue'),
        ),
        migrations.AddField(
            model_name='platformaudience',
            name='platform',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='audiences', to='documents.platform'),
        ),
        migrations.AddConstraint(
            model_name='platformaudience',
            constraint=models.UniqueConstraint(fields=('platform', 'group'), name='audience_once_per_platform'),
        ),
    ]
