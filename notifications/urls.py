"""Addresses beneath /pemberitahuan/."""

from django.urls import path

from notifications import (
    by_email,
    choosing,
    following,
    push_pages,
    resuming,
    telegram_pages,
    unsubscribing,
    views,
    webhooks,
)

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.open_one, name="open"),
    path("dibaca/", views.read_all, name="read_all"),
    path("kelompok/<int:pk>/", views.open_group, name="group"),
    path("langganan/", choosing.settings, name="settings"),
    path("langganan/waktu/", choosing.times, name="times"),
    path("langganan/<int:pk>/irama/", choosing.rhythm, name="rhythm"),
    path("langganan/<int:pk>/surel/", choosing.by_email, name="by_email"),
    path("perangkat/", push_pages.register, name="register_device"),
    path("perangkat/ganti/", push_pages.renew, name="renew_device"),
    path("perangkat/<int:pk>/coba/", push_pages.try_out, name="try_device"),
    path("perangkat/<int:pk>/hapus/", push_pages.remove, name="remove_device"),
    path("telegram/", telegram_pages.begin, name="telegram"),
    path("telegram/jenis/", telegram_pages.kinds, name="telegram_kinds"),
    path("telegram/lepas/", telegram_pages.unlink, name="unlink_telegram"),
    path("telegram/kabar/", telegram_pages.webhook, name="telegram_webhook"),
    path("surel/", choosing.all_email, name="all_email"),
    path("surel/berhenti/<str:token>/", unsubscribing.one_click, name="unsubscribe"),
    path("surel/coba-lagi/", resuming.ask, name="ask_to_resume"),
    path("surel/coba-lagi/<str:token>/", resuming.resume, name="resume"),
    path("surel/jenis/<slug:kind>/", resuming.kind_again, name="kind_again"),
    path("surel/laporan/<slug:service>/", webhooks.tracking, name="mail_reports"),
    path("surel/ikuti/<str:token>/", by_email.confirm, name="confirm"),
    path("surel/kelola/<str:token>/", by_email.manage, name="manage"),
    path("ikuti/komunitas/<slug:community>/", following.follow, name="follow"),
    path("ikuti/wilayah/<str:region>/", following.follow, name="follow"),
    path("ikuti/wilayah/<str:region>/<slug:category>/", following.follow, name="follow"),
    path("berhenti/komunitas/<slug:community>/", following.unfollow, name="unfollow"),
    path("berhenti/wilayah/<str:region>/", following.unfollow, name="unfollow"),
    path("berhenti/wilayah/<str:region>/<slug:category>/", following.unfollow, name="unfollow"),
    path("bisukan/<slug:community>/", following.mute, name="mute"),
    path("bunyikan/<slug:community>/", following.unmute, name="unmute"),
]
