import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_count_unread_notifications'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('courses', '0015_name_tasks_in_lists'),
        ('volunteers', '0007_order_placements'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuideTraining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finished_at', models.DateTimeField(verbose_name='finished at')),
            ],
        ),
        migrations.CreateModel(
            name='RequestChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edit_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('term', models.CharField(choices=[('title', 'Title'), ('summary', 'What it is about'), ('tasks', 'Tasks'), ('questions', 'Questions'), ('seats', 'People needed'), ('start', 'First day'), ('end', 'Last day'), ('hours', 'Hours a week'), ('times', 'Times of day'), ('place', 'Where'), ('remote', 'From home'), ('costs', 'Costs covered'), ('guide', 'Your guide'), ('age', 'Youngest age'), ('skills', 'Skills that help'), ('courses', 'Courses to finish first'), ('records', 'Papers of residents')], max_length=12)),
                ('before_km', models.TextField(blank=True, default='')),
                ('before_en', models.TextField(blank=True, default='')),
                ('after_km', models.TextField(blank=True, default='')),
                ('after_en', models.TextField(blank=True, default='')),
                ('is_public', models.BooleanField(default=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('announced_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SkillClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claimed_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddField(
            model_name='application',
            name='answers',
            field=models.JSONField(blank=True, default=list, verbose_name='answers'),
        ),
        migrations.AddField(
            model_name='requesttemplate',
            name='questions_en',
            field=models.JSONField(blank=True, default=list, verbose_name='questions in English'),
        ),
        migrations.AddField(
            model_name='requesttemplate',
            name='questions_km',
            field=models.JSONField(blank=True, default=list, verbose_name='questions'),
        ),
        migrations.AddField(
            model_name='requesttemplate',
            name='remote_share',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='requesttemplate',
            name='touches_records',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='covers_meals',
            field=models.BooleanField(default=False, verbose_name='Meals'),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='covers_nothing',
            field=models.BooleanField(default=False, verbose_name='Nothing: the volunteer pays'),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='covers_phone',
            field=models.BooleanField(default=False, verbose_name='Phone data'),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='covers_transport',
            field=models.BooleanField(default=False, verbose_name='Transport'),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='expiry_told_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='guide_declared_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='guide_declared_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='guide_trained_date',
            field=models.DateField(blank=True, null=True, verbose_name="day of the guide's training"),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='is_guide_present',
            field=models.BooleanField(default=False, verbose_name='the guide is always present'),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='questions_en',
            field=models.JSONField(blank=True, default=list, verbose_name='questions in English'),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='questions_km',
            field=models.JSONField(blank=True, default=list, verbose_name='questions'),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='remote_share',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='percentage done from home'),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='stipend_per',
            field=models.CharField(choices=[('day', 'a day'), ('month', 'a month'), ('whole', 'for the whole work')], default='day', max_length=5),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='stipend_riel',
            field=models.PositiveIntegerField(default=0, verbose_name='stipend in riel'),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='touches_records',
            field=models.BooleanField(default=False, verbose_name='touches civil registry, ID Poor or voter data'),
        ),
        migrations.AddField(
            model_name='volunteerrequest',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddConstraint(
            model_name='volunteerrequest',
            constraint=models.CheckConstraint(condition=models.Q(('covers_nothing', False), models.Q(('covers_meals', False), ('covers_phone', False), ('covers_transport', False), ('stipend_riel', 0)), _connector='OR'), name='volunteers_request_nothing_means_nothing'),
        ),
        migrations.AddConstraint(
            model_name='volunteerrequest',
            constraint=models.CheckConstraint(condition=models.Q(('stipend_riel__lte', 2000000)), name='volunteers_request_stipend_sane'),
        ),
        migrations.AddConstraint(
            model_name='volunteerrequest',
            constraint=models.CheckConstraint(condition=models.Q(('touches_records', False), models.Q(('minimum_age__gte', 18), ('remote_share', 0)), _connector='OR'), name='volunteers_request_records_for_adults_at_the_office'),
        ),
        migrations.AddConstraint(
            model_name='volunteerrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guide_declared_at', None), ('guide_trained_date', None)), models.Q(('guide_declared_at__isnull', False), ('guide_trained_date__isnull', False)), _connector='OR'), name='volunteers_request_declaration_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='volunteerrequest',
            constraint=models.CheckConstraint(condition=models.Q(('remote_share__lte', 100)), name='volunteers_request_remote_share_is_percentage'),
        ),
        migrations.AddField(
            model_name='guidetraining',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='guide_training', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='requestchange',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='requestchange',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='volunteers.volunteerrequest'),
        ),
        migrations.AddField(
            model_name='skillclaim',
            name='skill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='courses.skill'),
        ),
        migrations.AddField(
            model_name='skillclaim',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_claims', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='requestchange',
            index=models.Index(fields=['request', 'at'], name='volunteers_change_of_request'),
        ),
        migrations.AddIndex(
            model_name='requestchange',
            index=models.Index(condition=models.Q(('announced_at', None)), fields=['at'], name='volunteers_change_untold'),
        ),
        migrations.AddConstraint(
            model_name='skillclaim',
            constraint=models.UniqueConstraint(fields=('user', 'skill'), name='volunteers_skillclaim_once'),
        ),
    ]
