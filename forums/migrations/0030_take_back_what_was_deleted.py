from django.db import migrations
from django.db.models import F
from django.utils.translation import override

from forums.enums import PostState


def take_back(apps, schema_editor):
    """Topics whose author deleted the first post: no title, no clock, not among what waits for an answer."""
    Topic, Board, Asked = (apps.get_model("forums", name) for name in ("Topic", "Board", "Asked"))
    said = []
    for language in ("km", "en"):
        with override(language):
            said.append(str(PostState.DELETED.label))
    gone = Topic.objects.filter(posts__number=1, posts__state="deleted", is_taken_back=False)
    for topic in gone.select_related("board").iterator(500):
        waits = topic.kind == "question" and not topic.is_answered
        if waits and not topic.is_hidden and topic.moved_to_id is None:
            Board.objects.filter(pk=topic.board_id, unanswered_count__gt=0).update(
                unanswered_count=F("unanswered_count") - 1
            )
        if waits:
            Asked.objects.filter(topic=topic.pk).update(since=None, due_at=None)
        Topic.objects.filter(pk=topic.pk).update(is_taken_back=True, title=" · ".join(said))


class Migration(migrations.Migration):
    dependencies = [("forums", "0029_care_for_words_and_titles")]

    operations = [migrations.RunPython(take_back, migrations.RunPython.noop, elidable=True)]
