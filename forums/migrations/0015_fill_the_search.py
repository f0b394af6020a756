"""The words of the posts there are."""

import html
import re

from django.db import migrations

from places.khmer import normalise

BATCH = 500
BLOCK = re.compile(r"<(?:/?(?:p|li|ul|ol|h\d|blockquote|pre|div)|br|hr)[^>]*>")
TAG = re.compile(r"<[^>]+>")


def fill(apps, editor):
    post, text = apps.get_model("forums", "Post"), apps.get_model("forums", "PostText")
    rows = []
    found = post.objects.filter(state="visible", topic__is_hidden=False).select_related("topic")
    for row in found.only("html", "number", "topic__title", "topic__board").iterator(BATCH):
        words = html.unescape(TAG.sub("", BLOCK.sub("\n", row.html)))
        if row.number == 1:
            words = f"{row.topic.title}\n{words}"
        rows.append(text(post=row, board_id=row.topic.board_id, text=normalise(words) + "  "))
        if len(rows) == BATCH:
            text.objects.bulk_create(rows)
            rows = []
    text.objects.bulk_create(rows)


def empty(apps, editor):
    apps.get_model("forums", "PostText").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("forums", "0014_find_every_post")]
    operations = [migrations.RunPython(fill, empty)]
