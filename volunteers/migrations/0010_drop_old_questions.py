from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0009_move_questions'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='application',
            name='first_answer',
        ),
        migrations.RemoveField(
            model_name='application',
            name='second_answer',
        ),
        migrations.RemoveField(
            model_name='requesttemplate',
            name='first_question_en',
        ),
        migrations.RemoveField(
            model_name='requesttemplate',
            name='first_question_km',
        ),
        migrations.RemoveField(
            model_name='requesttemplate',
            name='is_remote',
        ),
        migrations.RemoveField(
            model_name='requesttemplate',
            name='second_question_en',
        ),
        migrations.RemoveField(
            model_name='requesttemplate',
            name='second_question_km',
        ),
        migrations.RemoveField(
            model_name='volunteerrequest',
            name='first_question_en',
        ),
        migrations.RemoveField(
            model_name='volunteerrequest',
            name='first_question_km',
        ),
        migrations.RemoveField(
            model_name='volunteerrequest',
            name='is_remote',
        ),
        migrations.RemoveField(
            model_name='volunteerrequest',
            name='second_question_en',
        ),
        migrations.RemoveField(
            model_name='volunteerrequest',
            name='second_question_km',
        ),
    ]
