"""All of volunteering in one step, for databases that have none of it yet.

Django renders every model anew after each operation of a migration, which costs a new database half a minute for the
fifty models of this app. Here all are created by one operation. Databases that went through 0001 to 0030 stay as they are.
"""

import courses.models.papers
import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import uuid
import volunteers.models.calendar
import volunteers.models.clashes
import volunteers.models.round
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

MESSAGE = "the ledger is only ever added to"
GUARDS = {
    "sqlite": (
        f"CREATE TRIGGER volunteers_ledger_no_change BEFORE UPDATE ON volunteers_ledgerentry "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
        f"CREATE TRIGGER volunteers_ledger_no_delete BEFORE DELETE ON volunteers_ledgerentry "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    ),
    "postgresql": (
        f"CREATE FUNCTION volunteers_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER volunteers_ledger_no_change BEFORE UPDATE OR DELETE ON volunteers_ledgerentry "
        "FOR EACH ROW EXECUTE FUNCTION volunteers_ledger_refuse()",
    ),
}
UNGUARDS = {
    "sqlite": ("DROP TRIGGER volunteers_ledger_no_change", "DROP TRIGGER volunteers_ledger_no_delete"),
    "postgresql": (
        "DROP TRIGGER volunteers_ledger_no_change ON volunteers_ledgerentry",
        "DROP FUNCTION volunteers_ledger_refuse()",
    ),
}
TRIGRAMS = GinIndex(OpClass("text", name="gin_trgm_ops"), name="volunteers_requesttext_trgm")


class CreateModels(Operation):
    """Several `CreateModel`s, with one rendering of the state at their end."""

    def __init__(self, *models):
        self.models = models

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # rendered again, once, when the tables are made
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models:
            schema_editor.create_model(to_state.apps.get_model(app_label, model.name))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models):
            schema_editor.delete_model(from_state.apps.get_model(app_label, model.name))

    def describe(self):
        return "Create all models of volunteering"


def guard(apps, schema_editor):
    """The database itself refuses to change or delete a line of the ledger."""
    for statement in GUARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in UNGUARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def add_trigrams(apps, schema_editor):
    """PostgreSQL finds a part of a text by trigrams; SQLite reads these rows through."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.add_index(apps.get_model("volunteers", "RequestText"), TRIGRAMS)


def drop_trigrams(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.remove_index(apps.get_model("volunteers", "RequestText"), TRIGRAMS)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("volunteers", "0001_initial"),
        ("volunteers", "0002_announce_changes"),
        ("volunteers", "0003_add_serving"),
        ("volunteers", "0004_add_scoring"),
        ("volunteers", "0005_serve_in_shifts"),
        ("volunteers", "0006_let_people_stand_by"),
        ("volunteers", "0007_order_placements"),
        ("volunteers", "0008_add_terms_and_changes"),
        ("volunteers", "0009_move_questions"),
        ("volunteers", "0010_drop_old_questions"),
        ("volunteers", "0011_begin_the_ledger"),
        ("volunteers", "0012_guard_the_ledger"),
        ("volunteers", "0013_add_rounds"),
        ("volunteers", "0014_keep_attendance_and_hours"),
        ("volunteers", "0015_follow_up_placements"),
        ("volunteers", "0016_list_requests"),
        ("volunteers", "0017_copy_profiles_into_applications"),
        ("volunteers", "0018_list_what_is_there"),
        ("volunteers", "0019_add_partnerships"),
        ("volunteers", "0020_let_people_talk"),
        ("volunteers", "0021_note_what_is_not_proved"),
        ("volunteers", "0022_name_the_moment_of_the_draw"),
        ("volunteers", "0023_draw_after_scoring"),
        ("volunteers", "0024_require_the_moment_of_the_draw"),
        ("volunteers", "0025_know_taps_again"),
        ("volunteers", "0026_note_who_leaves_and_what_changes"),
        ("volunteers", "0027_keep_old_points"),
        ("volunteers", "0028_keep_standing_figures"),
        ("volunteers", "0029_keep_struck_choices"),
        ("volunteers", "0030_keep_when_a_check_in_arrived"),
    ]

    dependencies = [
        ("accounts", "0006_count_inclusion_in_groups"),
        ("courses", "0016_rate_skills_at_work"),
        ("places", "0002_trigram_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),  # does nothing on SQLite
        CreateModels(
            migrations.CreateModel(
                name='VolunteerRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title_km', models.CharField(blank=True, default='', max_length=120, verbose_name='title')),
                    ('title_en', models.CharField(blank=True, default='', max_length=120, verbose_name='title in English')),
                    ('summary_km', models.TextField(blank=True, default='', max_length=600, verbose_name='what it is about')),
                    ('summary_en', models.TextField(blank=True, default='', max_length=600, verbose_name='what it is about, in English')),
                    ('tasks_km', models.JSONField(blank=True, default=list, verbose_name='tasks')),
                    ('tasks_en', models.JSONField(blank=True, default=list, verbose_name='tasks in English')),
                    ('questions_km', models.JSONField(blank=True, default=list, verbose_name='questions')),
                    ('questions_en', models.JSONField(blank=True, default=list, verbose_name='questions in English')),
                    ('is_morning', models.BooleanField(default=False, verbose_name='Mornings')),
                    ('is_afternoon', models.BooleanField(default=False, verbose_name='Afternoons')),
                    ('is_evening', models.BooleanField(default=False, verbose_name='Evenings')),
                    ('is_weekend', models.BooleanField(default=False, verbose_name='Weekends')),
                    ('covers_transport', models.BooleanField(default=False, verbose_name='Transport')),
                    ('covers_meals', models.BooleanField(default=False, verbose_name='Meals')),
                    ('covers_phone', models.BooleanField(default=False, verbose_name='Phone data')),
                    ('covers_nothing', models.BooleanField(default=False, verbose_name='Nothing: the volunteer pays')),
                    ('stipend_riel', models.PositiveIntegerField(default=0, verbose_name='stipend in riel')),
                    ('stipend_per', models.CharField(choices=[('day', 'a day'), ('month', 'a month'), ('whole', 'for the whole work')], default='day', max_length=5)),
                    ('costs_km', models.CharField(blank=True, default='', max_length=160, verbose_name='travel and other costs')),
                    ('costs_en', models.CharField(blank=True, default='', max_length=160, verbose_name='travel and other costs, in English')),
                    ('touches_records', models.BooleanField(default=False, verbose_name='touches civil registry, ID Poor or voter data')),
                    ('is_guide_present', models.BooleanField(default=False, verbose_name='the guide is always present')),
                    ('guide_trained_date', models.DateField(blank=True, null=True, verbose_name="day of the guide's training")),
                    ('guide_declared_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('minimum_age', models.PositiveSmallIntegerField(default=18, verbose_name='youngest age')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('status', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waiting for approval'), ('returned', 'Sent back'), ('open', 'Open'), ('review', 'Choosing'), ('filled', 'Filled'), ('closed', 'Closed'), ('expired', 'Expired'), ('cancelled', 'Cancelled')], default='draft', editable=False, max_length=10)),
                    ('seats', models.PositiveSmallIntegerField(default=1, verbose_name='people needed')),
                    ('seats_filled', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('start_date', models.DateField(blank=True, null=True, verbose_name='first day')),
                    ('end_date', models.DateField(blank=True, null=True, verbose_name='last day')),
                    ('weekly_hours', models.PositiveSmallIntegerField(default=4, verbose_name='hours a week')),
                    ('place_km', models.CharField(blank=True, default='', max_length=160, verbose_name='where')),
                    ('place_en', models.CharField(blank=True, default='', max_length=160, verbose_name='where, in English')),
                    ('remote_share', models.PositiveSmallIntegerField(default=0, verbose_name='percentage done from home')),
                    ('supervisor_name', models.CharField(blank=True, default='', max_length=160, verbose_name='name of the guide')),
                    ('supervisor_title', models.CharField(blank=True, default='', max_length=120, verbose_name='post of the guide')),
                    ('open_days', models.PositiveSmallIntegerField(default=30, verbose_name='open for')),
                    ('opened_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('expires_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('expiry_told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('guide_declared_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='volunteer_requests', to='accounts.organisation')),
                    ('supervisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.membership')),
                    ('skills', models.ManyToManyField(related_name='volunteer_requests', through='volunteers.RequestSkill', to='courses.skill')),
                    ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='volunteers.requesttemplate')),
                ],
                options={
                    'verbose_name': 'volunteer request',
                    'verbose_name_plural': 'volunteer requests',
                    'ordering': ('-created_at', '-pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('covers_nothing', False), models.Q(('covers_meals', False), ('covers_phone', False), ('covers_transport', False), ('stipend_riel', 0)), _connector='OR'), name='volunteers_request_nothing_means_nothing'), models.CheckConstraint(condition=models.Q(('stipend_riel__lte', 2000000)), name='volunteers_request_stipend_sane'), models.CheckConstraint(condition=models.Q(('touches_records', False), models.Q(('minimum_age__gte', 18), ('remote_share', 0)), _connector='OR'), name='volunteers_request_records_for_adults_at_the_office'), models.CheckConstraint(condition=models.Q(models.Q(('guide_declared_at', None), ('guide_trained_date', None)), models.Q(('guide_declared_at__isnull', False), ('guide_trained_date__isnull', False)), _connector='OR'), name='volunteers_request_declaration_is_whole'), models.CheckConstraint(condition=models.Q(('remote_share__lte', 100)), name='volunteers_request_remote_share_is_percentage'), models.CheckConstraint(condition=models.Q(models.Q(('title_km', ''), _negated=True), models.Q(('title_en', ''), _negated=True), _connector='OR'), name='volunteers_request_has_title'), models.CheckConstraint(condition=models.Q(('seats_filled__lte', models.F('seats'))), name='volunteers_request_never_overfilled'), models.CheckConstraint(condition=models.Q(('seats__range', (1, 50))), name='volunteers_request_seats_sane'), models.CheckConstraint(condition=models.Q(('end_date__gte', models.F('start_date')), ('start_date', None), ('end_date', None), _connector='OR'), name='volunteers_request_ends_after_start'), models.CheckConstraint(condition=models.Q(('weekly_hours__range', (1, 20))), name='volunteers_request_hours_sane'), models.CheckConstraint(condition=models.Q(('open_days__range', (1, 60))), name='volunteers_request_open_at_most_60_days'), models.CheckConstraint(condition=models.Q(('minimum_age__range', (15, 35))), name='volunteers_request_age_sane'), models.CheckConstraint(condition=models.Q(('minimum_age__gte', 18), ('is_evening', False), _connector='OR'), name='volunteers_request_minors_by_day'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'open'), _negated=True), models.Q(('expires_at__isnull', False), ('opened_at__isnull', False)), _connector='OR'), name='volunteers_request_open_has_clock')],
                    'indexes': [models.Index(fields=['status', 'expires_at'], name='volunteers_request_clock'), models.Index(fields=['-opened_at', '-id'], name='volunteers_request_newest'), models.Index(fields=['office', '-created_at'], name='volunteers_request_desk')],
                },
            ),
            migrations.CreateModel(
                name='RequestSkill',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_rows', to='volunteers.volunteerrequest')),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.skill')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('request', 'skill'), name='volunteers_requestskill_once')],
                },
            ),
            migrations.CreateModel(
                name='RequestTemplate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title_km', models.CharField(blank=True, default='', max_length=120, verbose_name='title')),
                    ('title_en', models.CharField(blank=True, default='', max_length=120, verbose_name='title in English')),
                    ('summary_km', models.TextField(blank=True, default='', max_length=600, verbose_name='what it is about')),
                    ('summary_en', models.TextField(blank=True, default='', max_length=600, verbose_name='what it is about, in English')),
                    ('tasks_km', models.JSONField(blank=True, default=list, verbose_name='tasks')),
                    ('tasks_en', models.JSONField(blank=True, default=list, verbose_name='tasks in English')),
                    ('questions_km', models.JSONField(blank=True, default=list, verbose_name='questions')),
                    ('questions_en', models.JSONField(blank=True, default=list, verbose_name='questions in English')),
                    ('code', models.SlugField(max_length=40, unique=True)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('safeguards_km', models.TextField()),
                    ('safeguards_en', models.TextField()),
                    ('course_slugs', models.JSONField(blank=True, default=list)),
                    ('weekly_hours', models.PositiveSmallIntegerField()),
                    ('weeks', models.PositiveSmallIntegerField()),
                    ('minimum_age', models.PositiveSmallIntegerField()),
                    ('touches_records', models.BooleanField(default=False)),
                    ('remote_share', models.PositiveSmallIntegerField(default=0)),
                    ('skills', models.ManyToManyField(blank=True, related_name='+', to='courses.skill')),
                ],
                options={
                    'ordering': ('position', 'code'),
                },
            ),
            migrations.CreateModel(
                name='ResponseRecord',
                fields=[
                    ('office', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='response_record', serialize=False, to='accounts.organisation')),
                    ('counted', models.PositiveIntegerField(default=0)),
                    ('in_time', models.PositiveIntegerField(default=0)),
                    ('median_days', models.PositiveSmallIntegerField(null=True)),
                    ('counted_date', models.DateField()),
                ],
            ),
            migrations.CreateModel(
                name='SkillSet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=400, unique=True)),
                ],
            ),
            migrations.CreateModel(
                name='StandingFigures',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scope', models.CharField(blank=True, max_length=10, unique=True)),
                    ('groups', models.JSONField(default=dict)),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                ],
                options={
                    'ordering': ('scope',),
                },
            ),
            migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_morning', models.BooleanField(default=False, verbose_name='Mornings')),
                    ('is_afternoon', models.BooleanField(default=False, verbose_name='Afternoons')),
                    ('is_evening', models.BooleanField(default=False, verbose_name='Evenings')),
                    ('is_weekend', models.BooleanField(default=False, verbose_name='Weekends')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('code_number', models.PositiveSmallIntegerField(editable=False)),
                    ('status', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Sent'), ('shortlisted', 'Shortlisted'), ('offered', 'Place offered'), ('accepted', 'Accepted'), ('declined', 'Offer declined'), ('lapsed', 'Offer lapsed'), ('not_placed', 'Not placed'), ('withdrawn', 'Withdrawn')], default='draft', editable=False, max_length=12)),
                    ('answers', models.JSONField(blank=True, default=list, verbose_name='answers')),
                    ('distance', models.CharField(choices=[('commune', 'Same commune'), ('district', 'Same district'), ('province', 'Same province'), ('far', 'Another province'), ('unknown', 'Not said')], default='unknown', editable=False, max_length=10)),
                    ('free', models.PositiveIntegerField(default=0, editable=False)),
                    ('languages', models.JSONField(blank=True, default=list, editable=False)),
                    ('sent_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('offer_expires_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('standby_rank', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                    ('held_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('held_status', models.CharField(blank=True, choices=[('draft', 'Draft'), ('submitted', 'Sent'), ('shortlisted', 'Shortlisted'), ('offered', 'Place offered'), ('accepted', 'Accepted'), ('declined', 'Offer declined'), ('lapsed', 'Offer lapsed'), ('not_placed', 'Not placed'), ('withdrawn', 'Withdrawn')], default='', editable=False, max_length=12)),
                    ('reminders', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='volunteers.volunteerrequest')),
                ],
                options={
                    'ordering': ('-created_at', '-pk'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ('draft', 'submitted', 'shortlisted', 'offered', 'accepted'))), fields=('request', 'applicant'), name='volunteers_application_one_live'), models.UniqueConstraint(fields=('request', 'code_number'), name='volunteers_application_code_once'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'offered'), _negated=True), ('offer_expires_at__isnull', False), _connector='OR'), name='volunteers_application_offer_has_clock')],
                    'indexes': [models.Index(fields=['applicant', '-created_at'], name='volunteers_application_mine'), models.Index(fields=['request', 'status'], name='volunteers_application_desk'), models.Index(fields=['status', 'offer_expires_at'], name='volunteers_application_clock'), models.Index(condition=models.Q(('standby_rank__isnull', False)), fields=['request', 'standby_rank'], name='volunteers_application_standby'), models.Index(condition=models.Q(('held_until__isnull', False)), fields=['held_until'], name='volunteers_application_held')],
                },
            ),
            migrations.CreateModel(
                name='CalendarFeed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(default=volunteers.models.calendar.make_token, editable=False, max_length=40, unique=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Concern',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('side', models.CharField(choices=[('volunteer', 'The volunteer'), ('office', 'The commune office'), ('staff', 'The programme')], max_length=10)),
                    ('words', models.TextField(max_length=2000, verbose_name='what happened, or what you fear')),
                    ('found', models.CharField(choices=[('agreed', 'Agreed'), ('active', 'Serving'), ('paused', 'Paused'), ('completed', 'Completed'), ('ended_early', 'Ended early')], editable=False, max_length=12)),
                    ('raised_at', models.DateTimeField(auto_now_add=True)),
                    ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='volunteers.placement')),
                ],
                options={
                    'ordering': ('raised_at', 'pk'),
                    'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['raised_at', 'id'], name='volunteers_concern_open')],
                },
            ),
            migrations.CreateModel(
                name='ConcernLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(choices=[('raised', 'Raised'), ('read', 'Read'), ('noted', 'Noted'), ('lifted', 'Closed: the place goes on'), ('ended', 'Closed: the place ended')], max_length=10)),
                    ('words', models.TextField(blank=True, default='', max_length=2000, verbose_name='note')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='volunteers.concern')),
                ],
                options={
                    'ordering': ('at', 'pk'),
                },
            ),
            migrations.CreateModel(
                name='GuideTraining',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('finished_at', models.DateTimeField(verbose_name='finished at')),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='guide_training', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Interview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('way', models.CharField(choices=[('office', 'At the commune office'), ('phone', 'By phone: the applicant calls'), ('video', 'By video')], max_length=6, verbose_name='how you talk')),
                    ('where', models.CharField(max_length=200, verbose_name='room, link, or the number that the applicant calls')),
                    ('minutes', models.PositiveSmallIntegerField(default=20, verbose_name='minutes')),
                    ('has_supervisor', models.BooleanField(default=False, verbose_name='the guide of this work is present')),
                    ('starts_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('picked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('passed_over_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('wish', models.CharField(blank=True, default='', max_length=200, verbose_name='which times fit you')),
                    ('cancelled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('cancel_reason', models.CharField(blank=True, choices=[('talk_times', 'I cannot at that time after all'), ('talk_ill', 'Illness or family'), ('talk_decided', 'The office can decide without it'), ('talk_withdrawn', 'The application was withdrawn')], default='', editable=False, max_length=16)),
                    ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to='volunteers.application')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('cancelled_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-created_at', '-pk'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('passed_over_at', None)), fields=('application',), name='volunteers_interview_one_at_a_time'), models.CheckConstraint(condition=models.Q(('minutes__range', (10, 90))), name='volunteers_interview_length_sane'), models.CheckConstraint(condition=models.Q(models.Q(('picked_at', None), ('starts_at', None)), models.Q(('picked_at__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='volunteers_interview_picked_has_time'), models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='volunteers_interview_cancel_has_reason')],
                    'indexes': [models.Index(condition=models.Q(('cancelled_at', None), ('reminded_at', None), ('starts_at__isnull', False)), fields=['starts_at'], name='volunteers_interview_clock')],
                },
            ),
            migrations.CreateModel(
                name='InterviewSlot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_at', models.DateTimeField()),
                    ('interview', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='volunteers.interview')),
                ],
                options={
                    'ordering': ('starts_at',),
                    'constraints': [models.UniqueConstraint(fields=('interview', 'starts_at'), name='volunteers_slot_once')],
                },
            ),
            migrations.CreateModel(
                name='LedgerChain',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('period', models.CharField(max_length=60)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger_chains', to='accounts.organisation')),
                ],
                options={
                    'ordering': ('-period', 'pk'),
                    'constraints': [models.UniqueConstraint(fields=('office', 'period'), name='volunteers_ledger_one_chain'), models.UniqueConstraint(condition=models.Q(('office', None)), fields=('period',), name='volunteers_ledger_one_of_the_programme')],
                    'indexes': [models.Index(fields=['-period', 'id'], name='volunteers_ledger_newest')],
                },
            ),
            migrations.CreateModel(
                name='LedgerEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('kind', models.CharField(choices=[('opened', 'Chain opened'), ('day', 'Day written'), ('seen', 'Seen in lists'), ('invited', 'Invited to apply'), ('applied', 'Applied'), ('shortlisted', 'Shortlisted'), ('offered', 'Offered a place'), ('override', "Chosen against the office's own points, or without them"), ('rescored', 'Points changed after they were given'), ('accepted', 'Accepted'), ('declined', 'Declined the offer'), ('lapsed', 'Let the offer lapse'), ('refused', 'Not placed'), ('withdrawn', 'Withdrew'), ('undone', 'Taken back by the office at once'), ('began', 'Began to serve'), ('served', 'Completed the service'), ('left', 'Ended early'), ('chosen', 'Summed up by groups: choosing'), ('ended', 'Summed up by groups: service')], max_length=12)),
                    ('at', models.DateTimeField()),
                    ('body', models.TextField()),
                    ('previous_hash', models.CharField(blank=True, default='', max_length=64)),
                    ('hash', models.CharField(max_length=64)),
                    ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='volunteers.ledgerchain')),
                ],
                options={
                    'ordering': ('chain', 'number'),
                    'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='volunteers_ledger_never_forks'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='volunteers_ledger_counts_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('previous_hash', '')), models.Q(('number__gt', 1), models.Q(('previous_hash', ''), _negated=True)), _connector='OR'), name='volunteers_ledger_holds_together')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('client_id', models.UUIDField(editable=False, unique=True)),
                    ('is_from_office', models.BooleanField(editable=False)),
                    ('text', models.TextField(max_length=1000, verbose_name='message')),
                    ('has_contact', models.BooleanField(default=False, editable=False)),
                    ('needs_moderator', models.BooleanField(default=False, editable=False)),
                    ('passed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('returned_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('hidden_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('reason', models.CharField(blank=True, choices=[('post_contact', 'Asks for or gives contact data too early'), ('post_private', 'Asks private questions that have nothing to do with the work'), ('post_rude', 'Rude or threatening'), ('post_meeting', 'Proposes to meet alone or in secret'), ('post_money', 'Asks for money or gifts'), ('post_party', 'Party content'), ('post_other', 'Does not belong here')], default='', editable=False, max_length=16)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='volunteers.application')),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('created_at', 'pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('hidden_at', None), ('returned_at', None)), models.Q(('reason', ''), _negated=True), _connector='OR'), name='volunteers_message_kept_for_reason'), models.CheckConstraint(condition=models.Q(('passed_at', None), ('returned_at', None), _connector='OR'), name='volunteers_message_decided_once')],
                    'indexes': [models.Index(fields=['application', 'created_at', 'id'], name='volunteers_message_thread'), models.Index(fields=['author', 'created_at'], name='volunteers_message_pace'), models.Index(condition=models.Q(('needs_moderator', True), ('passed_at', None), ('returned_at', None)), fields=['created_at', 'id'], name='volunteers_message_waiting')],
                },
            ),
            migrations.CreateModel(
                name='MessageReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(choices=[('post_contact', 'Asks for or gives contact data too early'), ('post_private', 'Asks private questions that have nothing to do with the work'), ('post_rude', 'Rude or threatening'), ('post_meeting', 'Proposes to meet alone or in secret'), ('post_money', 'Asks for money or gifts'), ('post_party', 'Party content'), ('post_other', 'Does not belong here')], max_length=16)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='volunteers.message')),
                ],
                options={
                    'ordering': ('created_at', 'pk'),
                    'constraints': [models.UniqueConstraint(fields=('message', 'by'), name='volunteers_messagereport_once')],
                    'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['created_at', 'id'], name='volunteers_messagereport_open')],
                },
            ),
            migrations.CreateModel(
                name='OfficeFigures',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('count', models.PositiveIntegerField(default=0)),
                    ('first', models.PositiveIntegerField(default=0)),
                    ('second', models.PositiveIntegerField(default=0)),
                    ('third', models.PositiveIntegerField(default=0)),
                    ('public_count', models.PositiveIntegerField(default=0)),
                    ('public_sum', models.PositiveIntegerField(default=0)),
                    ('office', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='volunteer_figures', to='accounts.organisation')),
                ],
            ),
            migrations.CreateModel(
                name='Partnership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('status', models.CharField(choices=[('proposed', 'Proposed'), ('active', 'Working together'), ('declined', 'Declined'), ('withdrawn', 'Taken back'), ('ended', 'Ended')], default='proposed', editable=False, max_length=12)),
                    ('is_from_ngo', models.BooleanField(editable=False)),
                    ('purpose', models.TextField(max_length=600, verbose_name='what you do together')),
                    ('may_supervise', models.BooleanField(default=False, verbose_name='the NGO guides volunteers together with the office')),
                    ('sponsors_costs', models.BooleanField(default=False, verbose_name='the NGO pays costs of volunteers')),
                    ('leads_cohorts', models.BooleanField(default=False, verbose_name="the NGO leads cohorts for the commune's volunteers")),
                    ('reads_figures', models.BooleanField(default=False, verbose_name="the NGO reads the commune's figures of volunteering")),
                    ('start_date', models.DateField(verbose_name='first day')),
                    ('end_date', models.DateField(verbose_name='last day')),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('ngo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partnerships_as_ngo', to='accounts.organisation')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partnerships_as_office', to='accounts.organisation')),
                ],
                options={
                    'ordering': ('-created_at', '-pk'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ('proposed', 'active'))), fields=('ngo', 'office'), name='volunteers_partnership_one_live'), models.CheckConstraint(condition=models.Q(('end_date__gte', models.F('start_date'))), name='volunteers_partnership_ends_after_start'), models.CheckConstraint(condition=models.Q(('may_supervise', True), ('sponsors_costs', True), ('leads_cohorts', True), ('reads_figures', True), _connector='OR'), name='volunteers_partnership_has_scope')],
                    'indexes': [models.Index(fields=['office', '-created_at', '-id'], name='volunteers_partnership_office'), models.Index(fields=['ngo', '-created_at', '-id'], name='volunteers_partnership_ngo'), models.Index(fields=['status', 'end_date'], name='volunteers_partnership_clock')],
                },
            ),
            migrations.CreateModel(
                name='PartnerCohort',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('offered_at', models.DateTimeField(auto_now_add=True)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.cohort')),
                    ('offered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cohorts', to='volunteers.partnership')),
                ],
                options={
                    'ordering': ('-offered_at', '-pk'),
                    'constraints': [models.UniqueConstraint(fields=('partnership', 'cohort'), name='volunteers_partnercohort_once')],
                },
            ),
            migrations.CreateModel(
                name='Placement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('status', models.CharField(choices=[('agreed', 'Agreed'), ('active', 'Serving'), ('paused', 'Paused'), ('completed', 'Completed'), ('ended_early', 'Ended early')], default='agreed', editable=False, max_length=12)),
                    ('start_date', models.DateField(blank=True, null=True)),
                    ('end_date', models.DateField(blank=True, null=True)),
                    ('agreed_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='placement', to='volunteers.application')),
                ],
                options={
                    'ordering': ('-agreed_at', '-pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('end_date__gte', models.F('start_date')), ('start_date', None), ('end_date', None), _connector='OR'), name='volunteers_placement_ends_after_start')],
                    'indexes': [models.Index(fields=['-agreed_at', '-id'], name='volunteers_placement_newest')],
                },
            ),
            migrations.CreateModel(
                name='FeedbackAsk',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('closes_at', models.DateTimeField()),
                    ('told_at', models.DateTimeField(blank=True, null=True)),
                    ('reminded_at', models.DateTimeField(blank=True, null=True)),
                    ('opened_at', models.DateTimeField(blank=True, null=True)),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('placement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feedback_ask', to='volunteers.placement')),
                ],
                options={
                    'ordering': ('-asked_at', '-pk'),
                    'indexes': [models.Index(fields=['office', '-asked_at', '-id'], name='volunteers_ask_of_office'), models.Index(condition=models.Q(('opened_at', None)), fields=['closes_at'], name='volunteers_ask_clock'), models.Index(condition=models.Q(('told_at', None)), fields=['asked_at'], name='volunteers_ask_untold')],
                },
            ),
            migrations.CreateModel(
                name='Agreement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('terms', models.JSONField(editable=False)),
                    ('written_at', models.DateTimeField(auto_now_add=True)),
                    ('volunteer_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('office_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('guardian_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('guardian_name', models.CharField(blank=True, default='', editable=False, max_length=160)),
                    ('guardian_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('office_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('placement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='volunteers.placement')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('office_at', None), ('office_by', None)), models.Q(('office_at__isnull', False), ('office_by__isnull', False)), _connector='OR'), name='volunteers_agreement_office_named'), models.CheckConstraint(condition=models.Q(models.Q(('guardian_at', None), ('guardian_by', None), ('guardian_name', '')), models.Q(('guardian_at__isnull', False), ('guardian_by__isnull', False), models.Q(('guardian_name', ''), _negated=True)), _connector='OR'), name='volunteers_agreement_guardian_named')],
                },
            ),
            migrations.CreateModel(
                name='RequestListing',
                fields=[
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='listing', serialize=False, to='volunteers.volunteerrequest')),
                    ('is_open', models.BooleanField(default=False)),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('expires_at', models.DateTimeField(null=True)),
                    ('place', models.PositiveIntegerField(default=0)),
                    ('times', models.PositiveSmallIntegerField(default=0)),
                    ('is_remote', models.BooleanField(default=False)),
                    ('pays_costs', models.BooleanField(default=False)),
                    ('pays_stipend', models.BooleanField(default=False)),
                    ('minimum_age', models.PositiveSmallIntegerField(default=0)),
                    ('start_date', models.DateField(null=True)),
                    ('end_date', models.DateField(null=True)),
                    ('received', models.PositiveIntegerField(default=0)),
                    ('fresh', models.PositiveSmallIntegerField(default=0)),
                    ('response', models.PositiveSmallIntegerField(default=0)),
                    ('penalty', models.PositiveSmallIntegerField(default=0)),
                    ('standing', models.SmallIntegerField(default=0)),
                    ('is_lifted', models.BooleanField(default=False)),
                    ('counted_date', models.DateField(null=True)),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organisation')),
                    ('skill_set', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.skillset')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('is_open', True)), fields=['-standing', '-opened_at'], name='volunteers_listing_best'), models.Index(condition=models.Q(('is_open', True)), fields=['-opened_at'], name='volunteers_listing_newest'), models.Index(condition=models.Q(('is_open', True)), fields=['expires_at'], name='volunteers_listing_closing'), models.Index(condition=models.Q(('is_open', True)), fields=['place'], name='volunteers_listing_place'), models.Index(condition=models.Q(('is_open', True)), fields=['counted_date'], name='volunteers_listing_uncounted')],
                },
            ),
            migrations.CreateModel(
                name='RequestText',
                fields=[
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search', serialize=False, to='volunteers.volunteerrequest')),
                    ('text', models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name='RequestCourse',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('course_key', models.UUIDField()),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='course_rows', to='volunteers.volunteerrequest')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('request', 'course_key'), name='volunteers_requestcourse_once')],
                },
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
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='volunteers.volunteerrequest')),
                ],
                options={
                    'ordering': ('at', 'pk'),
                    'indexes': [models.Index(fields=['request', 'at'], name='volunteers_change_of_request'), models.Index(condition=models.Q(('announced_at', None)), fields=['at'], name='volunteers_change_untold')],
                },
            ),
            migrations.CreateModel(
                name='InductionCourse',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('course_key', models.UUIDField()),
                    ('weeks', models.PositiveSmallIntegerField(default=4)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='induction_rows', to='volunteers.volunteerrequest')),
                ],
                options={
                    'ordering': ('weeks', 'pk'),
                    'constraints': [models.UniqueConstraint(fields=('request', 'course_key'), name='volunteers_induction_once'), models.CheckConstraint(condition=models.Q(('weeks__range', (1, 12))), name='volunteers_induction_weeks_sane')],
                },
            ),
            migrations.CreateModel(
                name='Criterion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('weight', models.PositiveSmallIntegerField(default=1, verbose_name='weight')),
                    ('name_km', models.CharField(max_length=80, verbose_name='what is looked at')),
                    ('name_en', models.CharField(blank=True, default='', max_length=80, verbose_name='what is looked at, in English')),
                    ('low_km', models.CharField(max_length=160, verbose_name='what 1 means')),
                    ('low_en', models.CharField(blank=True, default='', max_length=160, verbose_name='what 1 means, in English')),
                    ('middle_km', models.CharField(max_length=160, verbose_name='what 3 means')),
                    ('middle_en', models.CharField(blank=True, default='', max_length=160, verbose_name='what 3 means, in English')),
                    ('high_km', models.CharField(max_length=160, verbose_name='what 5 means')),
                    ('high_en', models.CharField(blank=True, default='', max_length=160, verbose_name='what 5 means, in English')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='volunteers.volunteerrequest')),
                ],
                options={
                    'verbose_name_plural': 'criteria',
                    'ordering': ('position',),
                    'constraints': [models.UniqueConstraint(fields=('request', 'position'), name='volunteers_criterion_place_once'), models.CheckConstraint(condition=models.Q(('position__range', (1, 5))), name='volunteers_criterion_few_enough'), models.CheckConstraint(condition=models.Q(('weight__range', (1, 3))), name='volunteers_criterion_weight_sane')],
                },
            ),
            migrations.CreateModel(
                name='RequestPartner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pays_costs', models.BooleanField(default=False, verbose_name='pays the costs named in the request')),
                    ('added_at', models.DateTimeField(auto_now_add=True)),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='volunteers.partnership')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='volunteers.volunteerrequest')),
                    ('supervisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.membership')),
                ],
                options={
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('request', 'partnership'), name='volunteers_requestpartner_once'), models.CheckConstraint(condition=models.Q(('pays_costs', True), ('supervisor__isnull', False), ('removed_at__isnull', False), _connector='OR'), name='volunteers_requestpartner_takes_part')],
                },
            ),
            migrations.CreateModel(
                name='ReturnWish',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='return_wishes', to=settings.AUTH_USER_MODEL)),
                    ('placement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='return_wish', to='volunteers.placement')),
                ],
                options={
                    'ordering': ('-made_at', '-pk'),
                    'indexes': [models.Index(fields=['office', '-made_at', '-id'], name='volunteers_wish_of_office')],
                },
            ),
            migrations.CreateModel(
                name='RequestInvitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='volunteers.volunteerrequest')),
                    ('wish', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='volunteers.returnwish')),
                ],
                options={
                    'ordering': ('-invited_at', '-pk'),
                    'constraints': [models.UniqueConstraint(fields=('request', 'wish'), name='volunteers_invitation_once')],
                },
            ),
            migrations.CreateModel(
                name='ReviewerAppointment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('note', models.CharField(max_length=300, verbose_name='why')),
                    ('appointed_at', models.DateTimeField(auto_now_add=True)),
                    ('until_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('end_reason', models.CharField(blank=True, choices=[('answered', 'The office answers again'), ('time', 'The time is over'), ('stopped', 'The programme ended it')], default='', editable=False, max_length=10)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appointments', to='volunteers.volunteerrequest')),
                    ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-appointed_at', '-pk'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('request',), name='volunteers_reviewer_one_at_a_time'), models.CheckConstraint(condition=models.Q(('until_at__gt', models.F('appointed_at'))), name='volunteers_reviewer_has_time'), models.CheckConstraint(condition=models.Q(('ended_at', None), models.Q(('end_reason', ''), _negated=True), _connector='OR'), name='volunteers_reviewer_end_has_reason')],
                    'indexes': [models.Index(fields=['reviewer', 'request'], name='volunteers_reviewer_mine'), models.Index(condition=models.Q(('ended_at', None)), fields=['until_at'], name='volunteers_reviewer_clock')],
                },
            ),
            migrations.CreateModel(
                name='Round',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name_km', models.CharField(max_length=120, verbose_name='name in Khmer')),
                    ('name_en', models.CharField(blank=True, default='', max_length=120, verbose_name='name in English')),
                    ('place_code', models.CharField(blank=True, default='', max_length=6, verbose_name='where')),
                    ('status', models.CharField(choices=[('planned', 'Planned'), ('open', 'Choosing is open'), ('scoring', 'Offices score'), ('ready', 'Before the draw'), ('confirmed', 'Confirmed'), ('offers', 'Offers are out'), ('second', 'Second round'), ('finished', 'Finished'), ('cancelled', 'Cancelled')], default='planned', editable=False, max_length=10)),
                    ('opens_at', models.DateTimeField(verbose_name='choosing opens')),
                    ('choices_close_at', models.DateTimeField(verbose_name='choosing closes')),
                    ('scoring_closes_at', models.DateTimeField(verbose_name='scoring closes')),
                    ('draw_at', models.DateTimeField(verbose_name='the number is drawn in public')),
                    ('confirm_by', models.DateTimeField(verbose_name='places are known by')),
                    ('second_closes_at', models.DateTimeField(verbose_name='the round ends')),
                    ('second_mode', models.CharField(choices=[('larger', 'Once more with the same lists, so that as many as possible get a place'), ('choice', 'Free places open for everybody in the ordinary way'), ('none', 'None: the round ends after the first offers')], default='larger', max_length=6, verbose_name='second round')),
                    ('band_floors', models.JSONField(default=volunteers.models.round.usual_floors)),
                    ('reserves', models.JSONField(blank=True, default=list)),
                    ('tuning_log', models.JSONField(blank=True, default=list, editable=False)),
                    ('seed_source_km', models.CharField(blank=True, default='', max_length=300, verbose_name='where the number of the draw comes from')),
                    ('seed_source_en', models.CharField(blank=True, default='', max_length=300, verbose_name='the same in English')),
                    ('seed_commitment', models.CharField(blank=True, default='', max_length=64, verbose_name='SHA-256 of the number')),
                    ('names_hash', models.CharField(blank=True, default='', editable=False, max_length=64)),
                    ('seed', models.CharField(blank=True, default='', editable=False, max_length=200)),
                    ('seed_entered_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('author', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-opens_at', '-pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('choices_close_at__gt', models.F('opens_at')), ('confirm_by__gt', models.F('draw_at')), ('draw_at__gte', models.F('scoring_closes_at')), ('scoring_closes_at__gte', models.F('choices_close_at')), ('second_closes_at__gt', models.F('confirm_by'))), name='volunteers_round_dates_in_order'), models.CheckConstraint(condition=models.Q(('seed', ''), ('seed_entered_at__isnull', False), _connector='OR'), name='volunteers_round_seed_has_moment')],
                    'indexes': [models.Index(fields=['-opens_at', '-id'], name='volunteers_round_newest'), models.Index(fields=['status', 'opens_at'], name='volunteers_round_clock')],
                },
            ),
            migrations.CreateModel(
                name='RoundEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='round_entries', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='volunteers.round')),
                ],
                options={
                    'verbose_name_plural': 'round entries',
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='volunteers_roundentry_once')],
                },
            ),
            migrations.CreateModel(
                name='RoundRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('seats', models.PositiveSmallIntegerField(verbose_name='places in the round')),
                    ('own_reserves', models.JSONField(blank=True, null=True)),
                    ('is_active', models.BooleanField(default=True, editable=False)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='round_rows', to='volunteers.volunteerrequest')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='volunteers.round')),
                ],
                options={
                    'ordering': ('request', 'pk'),
                    'constraints': [models.UniqueConstraint(fields=('round', 'request'), name='volunteers_roundrequest_once'), models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('request',), name='volunteers_roundrequest_one_round'), models.CheckConstraint(condition=models.Q(('seats__range', (1, 50))), name='volunteers_roundrequest_seats_sane')],
                },
            ),
            migrations.CreateModel(
                name='RoundChoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rank', models.PositiveSmallIntegerField()),
                    ('is_struck', models.BooleanField(default=False)),
                    ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='round_choice', to='volunteers.application')),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='volunteers.roundentry')),
                    ('round_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='volunteers.roundrequest')),
                ],
                options={
                    'ordering': ('entry', 'rank'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_struck', False)), fields=('entry', 'rank'), name='volunteers_roundchoice_rank_once'), models.UniqueConstraint(condition=models.Q(('is_struck', False)), fields=('entry', 'round_request'), name='volunteers_roundchoice_request_once'), models.CheckConstraint(condition=models.Q(('rank__range', (1, 10))), name='volunteers_roundchoice_few_enough')],
                },
            ),
            migrations.CreateModel(
                name='RoundRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('stage', models.CharField(choices=[('first', 'First round'), ('second', 'Second round')], max_length=6)),
                    ('is_trial', models.BooleanField()),
                    ('option', models.CharField(max_length=10)),
                    ('seed', models.CharField(max_length=200)),
                    ('tuning', models.JSONField()),
                    ('inputs', models.BinaryField()),
                    ('points', models.BinaryField()),
                    ('outcome', models.BinaryField()),
                    ('record', models.BinaryField()),
                    ('inputs_hash', models.CharField(max_length=64)),
                    ('outcome_hash', models.CharField(max_length=64)),
                    ('code_version', models.CharField(max_length=64)),
                    ('proof', models.JSONField()),
                    ('figures', models.JSONField()),
                    ('changes', models.JSONField(default=dict)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('confirm_note', models.TextField(blank=True, default='', max_length=600)),
                    ('override_count', models.PositiveSmallIntegerField(default=0)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='volunteers.round')),
                ],
                options={
                    'ordering': ('round', 'number'),
                    'constraints': [models.UniqueConstraint(fields=('round', 'number'), name='volunteers_roundrun_number_once'), models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False)), fields=('round', 'stage'), name='volunteers_roundrun_one_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('is_trial', False), models.Q(('confirm_note', ''), _negated=True)), _connector='OR'), name='volunteers_roundrun_a_person_confirms')],
                },
            ),
            migrations.CreateModel(
                name='RoundOverride',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('withhold', 'Withhold the place'), ('give', 'Give a free place')], max_length=8)),
                    ('reason', models.CharField(choices=[('safety', "Somebody's safety"), ('mistake', 'A mistake in the data was found'), ('duplicate', 'The same person takes part twice'), ('conflict', 'A close relation to the office'), ('office', 'The office cannot take this person for the reason noted')], max_length=12)),
                    ('note', models.TextField(blank=True, default='', max_length=600)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.roundentry')),
                    ('round_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.roundrequest')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='volunteers.roundrun')),
                ],
                options={
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(fields=('run', 'entry'), name='volunteers_roundoverride_once')],
                },
            ),
            migrations.CreateModel(
                name='RoundOutcome',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_override', models.BooleanField(default=False)),
                    ('reasons', models.JSONField()),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ('choice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='volunteers.roundchoice')),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='volunteers.roundentry')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='volunteers.roundrun')),
                ],
                options={
                    'ordering': ('entry', 'run'),
                    'constraints': [models.UniqueConstraint(fields=('run', 'entry'), name='volunteers_roundoutcome_once')],
                    'indexes': [models.Index(fields=['run', 'settled_at'], name='volunteers_roundoutcome_todo')],
                },
            ),
            migrations.CreateModel(
                name='RequestOutcome',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reasons', models.JSONField()),
                    ('round_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='volunteers.roundrequest')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='request_outcomes', to='volunteers.roundrun')),
                ],
                options={
                    'ordering': ('round_request', 'run'),
                    'constraints': [models.UniqueConstraint(fields=('run', 'round_request'), name='volunteers_requestoutcome_once')],
                },
            ),
            migrations.CreateModel(
                name='SavedSearch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('query', models.CharField(blank=True, default='', max_length=500)),
                    ('is_told', models.BooleanField(default=True, verbose_name='tell me of new work')),
                    ('seen_until', models.DateTimeField()),
                    ('looked_date', models.DateField(null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-created_at', '-pk'),
                    'constraints': [models.UniqueConstraint(fields=('user', 'query'), name='volunteers_search_once')],
                    'indexes': [models.Index(condition=models.Q(('is_told', True)), fields=['looked_date'], name='volunteers_search_due')],
                },
            ),
            migrations.CreateModel(
                name='Score',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('points', models.PositiveSmallIntegerField()),
                    ('scored_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='volunteers.application')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='volunteers.criterion')),
                ],
                options={
                    'ordering': ('application', 'criterion', 'by'),
                    'constraints': [models.UniqueConstraint(fields=('application', 'criterion', 'by'), name='volunteers_score_once'), models.CheckConstraint(condition=models.Q(('points__range', (1, 5))), name='volunteers_score_points_sane')],
                },
            ),
            migrations.CreateModel(
                name='ScoreChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('before', models.PositiveSmallIntegerField()),
                    ('after', models.PositiveSmallIntegerField()),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='score_changes', to='volunteers.application')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.criterion')),
                ],
                options={
                    'ordering': ('at', 'pk'),
                    'indexes': [models.Index(fields=['at'], name='volunteers_score_change_day')],
                },
            ),
            migrations.CreateModel(
                name='ServiceRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(default=courses.models.papers.make_code, editable=False, max_length=10, unique=True)),
                    ('facts', models.JSONField()),
                    ('issued_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('superseded_at', models.DateTimeField(blank=True, null=True)),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('revocation_reason', models.CharField(blank=True, choices=[('not_own_work', "The work was another person's"), ('wrong_person', 'It was issued to the wrong person'), ('mistake', 'It was issued by mistake'), ('asked_by_owner', 'Its owner asked for it')], default='', max_length=20)),
                    ('erased_at', models.DateTimeField(blank=True, null=True)),
                    ('version', models.PositiveSmallIntegerField(default=1)),
                    ('minutes', models.PositiveIntegerField(default=0)),
                    ('sharing', models.CharField(choices=[('named', 'Everything on it, with my name'), ('nameless', 'Everything on it, without my name'), ('hidden', 'Nothing: only that the record is real')], default='named', max_length=10)),
                    ('reissue_reason', models.CharField(blank=True, choices=[('hours', 'More hours were confirmed'), ('skills', 'The office rated the skills'), ('name', 'The name was corrected')], default='', max_length=20)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_records', to='accounts.organisation')),
                    ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='volunteers.placement')),
                    ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('superseded_by', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='supersedes', to='volunteers.servicerecord')),
                    ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='service_records', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-issued_at', '-pk'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('placement',), name='volunteers_record_one_current'), models.UniqueConstraint(fields=('placement', 'version'), name='volunteers_record_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('revocation_reason', ''), ('revoked_at__isnull', True)), models.Q(('revoked_at__isnull', False), models.Q(('revocation_reason', ''), _negated=True)), _connector='OR'), name='volunteers_record_revoked_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('reissue_reason', ''), ('superseded_at__isnull', True)), models.Q(('superseded_at__isnull', False), models.Q(('reissue_reason', ''), _negated=True)), _connector='OR'), name='volunteers_record_superseded_has_reason'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), ('user__isnull', True), _connector='OR'), name='volunteers_record_erased_is_nobodys')],
                    'indexes': [models.Index(fields=['user', '-issued_at', '-id'], name='volunteers_record_of_user'), models.Index(fields=['organisation', 'id'], name='volunteers_record_by')],
                },
            ),
            migrations.CreateModel(
                name='Shift',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('starts_at', models.DateTimeField(verbose_name='begins')),
                    ('ends_at', models.DateTimeField(verbose_name='ends')),
                    ('seats', models.PositiveSmallIntegerField(default=1, verbose_name='people needed')),
                    ('seats_filled', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('note_km', models.CharField(blank=True, default='', max_length=160, verbose_name='what to bring or know')),
                    ('note_en', models.CharField(blank=True, default='', max_length=160, verbose_name='what to bring or know, in English')),
                    ('cancelled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('changed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='volunteers.volunteerrequest')),
                ],
                options={
                    'ordering': ('starts_at', 'pk'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('request', 'starts_at', 'ends_at'), name='volunteers_shift_once'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(seconds=43200))))), name='volunteers_shift_length_sane'), models.CheckConstraint(condition=models.Q(('seats__range', (1, 50))), name='volunteers_shift_seats_sane'), models.CheckConstraint(condition=models.Q(('seats_filled__lte', models.F('seats'))), name='volunteers_shift_never_overfilled')],
                    'indexes': [models.Index(fields=['request', 'starts_at', 'id'], name='volunteers_shift_calendar')],
                },
            ),
            migrations.CreateModel(
                name='ShiftSignup',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('starts_at', models.DateTimeField(editable=False)),
                    ('ends_at', models.DateTimeField(editable=False)),
                    ('status', models.CharField(choices=[('signed_up', 'Coming'), ('waiting', 'On the waiting list'), ('called', 'A seat is free: please confirm'), ('cancelled', 'Not coming'), ('attended', 'Came'), ('excused', 'Excused'), ('no_show', 'Did not come'), ('not_tracked', 'Not recorded')], default='cancelled', editable=False, max_length=12)),
                    ('queued_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('call_expires_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('arrival', models.CharField(blank=True, choices=[('code', 'By the code, on time'), ('late', 'By the code, late'), ('unsure', 'Says so; please confirm'), ('unproved', 'Not proved: please confirm by hand'), ('office', 'Noted by the office')], default='', editable=False, max_length=8)),
                    ('arrived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('received_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('left_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('check_in_id', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                    ('appeal', models.CharField(blank=True, choices=[('office', 'The office looks again'), ('staff', 'The programme looks at it'), ('decided', 'Decided')], default='', editable=False, max_length=8)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signups', to='volunteers.placement')),
                    ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signups', to='volunteers.shift')),
                ],
                options={
                    'ordering': ('created_at', 'pk'),
                    'constraints': [models.UniqueConstraint(fields=('shift', 'person'), name='volunteers_signup_once'), volunteers.models.clashes.NoClash(end='ends_at', name='volunteers_signup_no_clash', owner='person', start='starts_at', statuses=('signed_up', 'called', 'attended')), models.CheckConstraint(condition=models.Q(models.Q(('status', 'waiting'), _negated=True), ('queued_at__isnull', False), _connector='OR'), name='volunteers_signup_wait_has_place'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'called'), _negated=True), ('call_expires_at__isnull', False), _connector='OR'), name='volunteers_signup_call_has_clock')],
                    'indexes': [models.Index(fields=['person', 'starts_at'], name='volunteers_signup_mine'), models.Index(fields=['shift', 'status'], name='volunteers_signup_roll'), models.Index(fields=['status', 'call_expires_at'], name='volunteers_signup_clock'), models.Index(fields=['status', 'ends_at'], name='volunteers_signup_ended'), models.Index(condition=models.Q(('appeal', ''), _negated=True), fields=['appeal', 'updated_at'], name='volunteers_signup_appeals')],
                },
            ),
            migrations.CreateModel(
                name='HoursEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('client_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('day_date', models.DateField(verbose_name='day')),
                    ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                    ('settled_minutes', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                    ('office_minutes', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                    ('what', models.CharField(blank=True, default='', max_length=200, verbose_name='what was done')),
                    ('status', models.CharField(choices=[('claimed', 'Claimed'), ('confirmed', 'Confirmed'), ('disputed', 'Disputed'), ('settled', 'Settled')], default='claimed', editable=False, max_length=10)),
                    ('escalated_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('happened_at', models.DateTimeField(editable=False)),
                    ('received_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours', to='volunteers.placement')),
                    ('signup', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hours', to='volunteers.shiftsignup')),
                ],
                options={
                    'ordering': ('-day_date', '-pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('minutes__range', (1, 720))), name='volunteers_hours_minutes_sane'), models.CheckConstraint(condition=models.Q(('settled_minutes', None), ('settled_minutes__range', (0, 720)), _connector='OR'), name='volunteers_hours_settled_sane'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('confirmed', 'settled')), _negated=True), ('settled_minutes__isnull', False), _connector='OR'), name='volunteers_hours_settled_has_minutes'), models.CheckConstraint(condition=models.Q(('office_minutes', None), ('office_minutes__range', (0, 720)), _connector='OR'), name='volunteers_hours_office_sane'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'disputed'), _negated=True), ('office_minutes__isnull', False), _connector='OR'), name='volunteers_hours_dispute_has_minutes')],
                    'indexes': [models.Index(fields=['placement', '-day_date', '-id'], name='volunteers_hours_mine'), models.Index(fields=['status', 'day_date'], name='volunteers_hours_desk'), models.Index(condition=models.Q(('escalated_at__isnull', False), ('status', 'disputed')), fields=['escalated_at'], name='volunteers_hours_escalated')],
                },
            ),
            migrations.CreateModel(
                name='ShiftTap',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('client_id', models.UUIDField(editable=False, unique=True)),
                    ('verb', models.CharField(choices=[('sign_up', 'Sign up'), ('join_waiting', 'Join the waiting list'), ('confirm', 'Confirm the free seat'), ('pass_on', 'Pass the free seat on'), ('leave', 'Leave'), ('stop_waiting', 'Leave the waiting list')], max_length=12)),
                    ('happened_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('received_at', models.DateTimeField(auto_now_add=True)),
                    ('signup', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taps', to='volunteers.shiftsignup')),
                ],
                options={
                    'ordering': ('received_at', 'pk'),
                },
            ),
            migrations.CreateModel(
                name='SkillClaim',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('claimed_at', models.DateTimeField(auto_now_add=True)),
                    ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='courses.skill')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_claims', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(fields=('user', 'skill'), name='volunteers_skillclaim_once')],
                },
            ),
            migrations.CreateModel(
                name='Transition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('verb', models.CharField(max_length=20)),
                    ('source', models.CharField(max_length=12)),
                    ('target', models.CharField(max_length=12)),
                    ('reason', models.CharField(blank=True, default='', max_length=20)),
                    ('note', models.TextField(blank=True, default='', max_length=600, verbose_name='reason in words')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('held_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('announced_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='volunteers.application')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('hours', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='volunteers.hoursentry')),
                    ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='volunteers.partnership')),
                    ('placement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='volunteers.placement')),
                    ('request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='volunteers.volunteerrequest')),
                    ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='volunteers.round')),
                    ('signup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='volunteers.shiftsignup')),
                ],
                options={
                    'ordering': ('at', 'pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('application__isnull', True), ('hours__isnull', True), ('partnership__isnull', True), ('placement__isnull', True), ('request__isnull', False), ('round__isnull', True), ('signup__isnull', True)), models.Q(('application__isnull', False), ('hours__isnull', True), ('partnership__isnull', True), ('placement__isnull', True), ('request__isnull', True), ('round__isnull', True), ('signup__isnull', True)), models.Q(('application__isnull', True), ('hours__isnull', True), ('partnership__isnull', True), ('placement__isnull', False), ('request__isnull', True), ('round__isnull', True), ('signup__isnull', True)), models.Q(('application__isnull', True), ('hours__isnull', True), ('partnership__isnull', True), ('placement__isnull', True), ('request__isnull', True), ('round__isnull', True), ('signup__isnull', False)), models.Q(('application__isnull', True), ('hours__isnull', False), ('partnership__isnull', True), ('placement__isnull', True), ('request__isnull', True), ('round__isnull', True), ('signup__isnull', True)), models.Q(('application__isnull', True), ('hours__isnull', True), ('partnership__isnull', True), ('placement__isnull', True), ('request__isnull', True), ('round__isnull', False), ('signup__isnull', True)), models.Q(('application__isnull', True), ('hours__isnull', True), ('partnership__isnull', False), ('placement__isnull', True), ('request__isnull', True), ('round__isnull', True), ('signup__isnull', True)), _connector='OR'), name='volunteers_transition_of_one_row')],
                    'indexes': [models.Index(condition=models.Q(('announced_at', None)), fields=['at'], name='volunteers_transition_untold')],
                },
            ),
            migrations.CreateModel(
                name='VolunteerProfile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('free', models.PositiveIntegerField(default=0)),
                    ('weekly_hours', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hours a week')),
                    ('free_from', models.DateField(blank=True, null=True, verbose_name='free from')),
                    ('free_until', models.DateField(blank=True, null=True, verbose_name='free until')),
                    ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                    ('own_words', models.TextField(blank=True, default='', max_length=400, verbose_name='in your own words')),
                    ('communes', models.JSONField(blank=True, default=list, verbose_name='communes you can reach')),
                    ('last_query', models.CharField(blank=True, default='', editable=False, max_length=500)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('growth_skills', models.ManyToManyField(blank=True, related_name='+', to='courses.skill')),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='volunteer_profile', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('free__lte', 2097151)), name='volunteers_profile_free_is_a_week'), models.CheckConstraint(condition=models.Q(('weekly_hours', None), ('weekly_hours__range', (1, 20)), _connector='OR'), name='volunteers_profile_hours_sane'), models.CheckConstraint(condition=models.Q(('free_until__gte', models.F('free_from')), ('free_from', None), ('free_until', None), _connector='OR'), name='volunteers_profile_until_after_from')],
                },
            ),
            migrations.CreateModel(
                name='Alert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('ratio', 'A group is offered places less often'), ('silent', 'An office does not answer'), ('overrides', 'An office often passes its own order')], max_length=10)),
                    ('place', models.CharField(blank=True, default='', max_length=6)),
                    ('group', models.CharField(blank=True, default='', max_length=12)),
                    ('facts', models.JSONField(default=dict)),
                    ('raised_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                    ('note', models.TextField(blank=True, default='', max_length=600, verbose_name='what you found, or will do')),
                    ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-raised_at', '-pk'),
                    'indexes': [models.Index(fields=['-raised_at', '-id'], name='volunteers_alert_newest')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('kind', 'place', 'group'), name='volunteers_alert_one_open'), models.CheckConstraint(condition=models.Q(('acknowledged_at', None), models.Q(('note', ''), _negated=True), _connector='OR'), name='volunteers_alert_answer_has_words')],
                },
            ),
            migrations.CreateModel(
                name='Exposure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('date', models.DateField()),
                    ('seen', models.PositiveIntegerField(default=0)),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('date', 'office'), name='volunteers_exposure_once_a_day')],
                },
            ),
            migrations.CreateModel(
                name='Feedback',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('volunteer', 'The volunteer'), ('office', 'The office')], max_length=10)),
                    ('first', models.PositiveSmallIntegerField()),
                    ('second', models.PositiveSmallIntegerField()),
                    ('third', models.PositiveSmallIntegerField()),
                    ('words', models.TextField(blank=True, default='', max_length=600, verbose_name='in your own words')),
                    ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('ask', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='volunteers.feedbackask')),
                ],
                options={
                    'ordering': ('given_at', 'pk'),
                    'constraints': [models.UniqueConstraint(fields=('ask', 'side'), name='volunteers_feedback_once_a_side'), models.CheckConstraint(condition=models.Q(('first__range', (1, 5)), ('second__range', (1, 5)), ('third__range', (1, 5))), name='volunteers_feedback_scores_1_to_5')],
                },
            ),
        ),
        migrations.RunPython(guard, unguard),
        migrations.RunPython(add_trigrams, drop_trigrams),
    ]
