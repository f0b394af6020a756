from django.urls import URLPattern, path

from forums.views import acts, boards, history, posts, reports, seats, topics

urlpatterns: list[URLPattern] = [
    path("", boards.forum, name="forum"),
    path("find/", boards.find, name="board-find"),
    path("courses/<uuid:course_key>/", boards.of_course, name="board-of-course"),
    path("reports/", reports.queue, name="forum-reports"),
    path("reports/<int:pk>/", reports.settle, name="report-settle"),
    path("boards/<slug:slug>/", boards.board, name="board"),
    path("boards/<slug:slug>/readers/", seats.readers, name="board-readers"),
    path("boards/<slug:slug>/readers/<uuid:person>/out/", seats.unseat, name="board-unseat"),
    path("boards/<slug:slug>/new/", topics.new, name="topic-new"),
    path("topics/<uuid:public_id>/", topics.topic, name="topic"),
    path("topics/<uuid:public_id>/reply/", topics.reply, name="topic-reply"),
    path("topics/<uuid:public_id>/after/", topics.after, name="topic-after"),
    path("topics/<uuid:public_id>/react/", acts.react, name="topic-react"),
    path("topics/<uuid:public_id>/posts/<int:number>/", acts.acts, name="post-acts"),
    path("posts/<int:pk>/", acts.find, name="post-link"),
    path("topics/<uuid:public_id>/posts/<int:number>/quote/", acts.quote, name="post-quote"),
    path("topics/<uuid:public_id>/posts/<int:number>/history/", history.history, name="post-history"),
    path("topics/<uuid:public_id>/posts/<int:number>/history/<int:version>/", history.remove, name="post-version"),
    path("topics/<uuid:public_id>/posts/<int:number>/edit/", posts.edit, name="post-edit"),
    path("topics/<uuid:public_id>/posts/<int:number>/delete/", posts.delete, name="post-delete"),
    path("topics/<uuid:public_id>/posts/<int:number>/hide/", posts.hide, name="post-hide"),
    path("topics/<uuid:public_id>/posts/<int:number>/report/", reports.report, name="post-report"),
    path("topics/<uuid:public_id>/posts/<int:number>/restore/", posts.restore, name="post-restore"),
    path("topics/<uuid:public_id>/posts/<int:number>/answer/", posts.answer, name="post-answer"),
]
