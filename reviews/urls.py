"""Addresses of the reviews room; a claim's own page stands here, since it shows verdicts."""

from django.urls import include, path

from reviews.views import (
    adjudications,
    agreement,
    appeals,
    board,
    calendar,
    claims,
    conflicts,
    digests,
    feedback,
    judging,
    policies,
    queue,
)

pages = [
    path("board/", board.board, name="board"),
    path("board/<str:line>/", board.line, name="line"),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/<int:pk>/end/", conflicts.conflict_end, name="conflict_end"),
    path("policy/", policies.policy, name="policy"),
    path("missing/", policies.missing, name="missing"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("agreement/consensus/", agreement.consensus, name="consensus"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/end/", calendar.calendar_end, name="calendar_end"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar_feed"),
    path("mail/", digests.mail, name="mail"),
    path("mail/stop/<str:signed>/", digests.mail_stop, name="mail_stop"),
    path("drafts/<int:pk>/forget/", queue.draft_forget, name="draft_forget"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<int:pk>/", appeals.decide, name="appeal_decide"),
    path("appeals/<int:pk>/take/", appeals.take, name="appeal_take"),
    path("verdicts/<int:pk>/appeal/", appeals.appeal, name="appeal"),
    path("reopenings/<int:pk>/again/", appeals.again, name="judge_again"),
    path("<int:pk>/", judging.judge, name="judge"),
    path("<int:pk>/draft/", judging.draft, name="draft"),
    path("<int:pk>/reports/<int:number>/", judging.report, name="report"),
    path("<int:pk>/skip/", judging.skip, name="skip"),
    path("<int:pk>/postpone/", judging.postpone, name="postpone"),
    path("<int:pk>/hand-back/", judging.hand_back, name="hand_back"),
]

urlpatterns = [
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("reviews/", queue.reviews, name="reviews"),
    path("reviews/next/", queue.reviews_next, name="reviews_next"),
    path("reviews/", include((pages, "reviews"))),
    path("adjudications/", adjudications.adjudications, name="adjudications"),
    path(
        "adjudications/<int:pk>/take/",
        adjudications.adjudication_take,
        name="adjudication_take",
    ),
]
