"""Which topic of a course's board was opened at which lesson."""

from django.db import models

from forums.models import Topic


class LessonTopic(models.Model):
    """`lesson_key` is the lesson's translation key: who reads in the other language finds the topic too."""

    topic = models.OneToOneField(Topic, models.CASCADE, related_name="lesson_link")
    lesson_key = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=("lesson_key",), name="courses_lessontopic_by_lesson"),)

    def __str__(self) -> str:
        return str(self.lesson_key)
