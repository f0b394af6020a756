from django.db import migrations, models

ROLES = [
    ("clerk", "Clerk"),
    ("chief", "Commune chief"),
    ("official", "Official"),
    ("author", "Author"),
    ("reviewer", "Reviewer"),
    ("publisher", "Publisher"),
    ("facilitator", "Facilitator"),
    ("manager", "Manager"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_let_people_accept_memberships")]

    operations = [
        migrations.AlterField("membership", "role", models.CharField(choices=ROLES, max_length=20)),
        migrations.RunSQL(
            "UPDATE accounts_membership SET role = 'author' WHERE role = 'editor'",
            "UPDATE accounts_membership SET role = 'editor' WHERE role = 'author'",
        ),
    ]
