"""Announcements to the apps above. Sent after commit.

`course_finished`: `user` (User), `course_key` (UUID), once a person and course.
`skill_granted`: `user` (User), `skill` (Skill), `course_key` (UUID), once a person and skill.
`task_accepted`: `user` (User), `course_key` (UUID), `lesson_key` (UUID), once a person and lesson.
"""

from django.dispatch import Signal

course_finished = Signal()
skill_granted = Signal()
task_accepted = Signal()
