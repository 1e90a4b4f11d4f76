"""Everything under /akun/: the account, and signing in."""

from django.urls import include, path

from accounts import views

account_urls = [
    path("", views.profile, name="profile"),
    path("ketentuan/", views.terms, name="terms"),
    path("langkah-kedua/mulai/", views.second_factor, name="second_factor"),
    path("unduh-data/", views.export, name="export"),
    path("hapus/", views.erase, name="erase"),
    path("hapus/selesai/", views.erased, name="erased"),
]

urlpatterns = [
    path("", include((account_urls, "accounts"))),
    path("", include("accounts.sign_in_urls")),
]
