"""What a post's words point to: posts it quotes, people it names."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forums.models.post import Post


class Quote(models.Model):
    """`post` quotes `quoted`. While the quoted post is away the excerpt lies here, `withheld`, and not in the text."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="quotes")
    quoted = models.ForeignKey(Post, models.CASCADE, related_name="quoted_in")
    withheld = models.TextField(blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("post", "quoted"), name="forums_quote_once"),)

    def __str__(self) -> str:
        return f"{self.post_id} > {self.quoted_id}"


class Mention(models.Model):
    """`post` names `user` by the words `text`, "@" and all. One row for each person, told once."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_mentions")
    text = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("post", "user"), name="forums_mention_once"),)

    def __str__(self) -> str:
        return f"{self.post_id} {self.text}"
