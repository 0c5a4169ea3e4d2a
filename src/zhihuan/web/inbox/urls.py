"""The addresses of the inbox."""

from __future__ import annotations

from django.urls import path

from zhihuan.web.inbox import acting, messages_page, overdue_page, page, to_mend

urlpatterns = [
    path("inbox/", page.inbox, name="inbox"),
    path("inbox/mending/", to_mend.mending, name="inbox-mending"),
    path("inbox/overdue/", overdue_page.overdue, name="inbox-overdue"),
    path("inbox/<int:pk>/take/", acting.take_on, name="inbox-take"),
    path("inbox/<int:pk>/give-back/", acting.give_back, name="inbox-give-back"),
    path("inbox/<int:pk>/assign/", acting.assign, name="inbox-assign"),
    path("messages/", messages_page.messages, name="messages"),
    path("messages/read/", messages_page.messages_read, name="messages-read"),
    path("messages/<int:pk>/open/", messages_page.message_open, name="message-open"),
]
