"""allauth's pages under Indonesian addresses; the names are allauth's, for it looks them up."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

urlpatterns = [
    path("daftar/", account.signup, name="account_signup"),
    path("masuk/", account.login, name="account_login"),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/kunci-sandi/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("keluar/", account.logout, name="account_logout"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("pastikan/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("pastikan/kunci-sandi/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("email/", account.email, name="account_email"),
    path("email/konfirmasi/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^email/konfirmasi/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("sandi/", account.password_change, name="account_change_password"),
    path("sandi/buat/", account.password_set, name="account_set_password"),
    path("sandi/lupa/", account.password_reset, name="account_reset_password"),
    path("sandi/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "sandi/lupa/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^sandi/lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("langkah-kedua/", mfa.index, name="mfa_index"),
    path("langkah-kedua/aplikasi/", totp.activate_totp, name="mfa_activate_totp"),
    path("langkah-kedua/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("langkah-kedua/kunci-sandi/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("langkah-kedua/kunci-sandi/tambah/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("langkah-kedua/kunci-sandi/<int:pk>/nama/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("langkah-kedua/kunci-sandi/<int:pk>/lepas/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("langkah-kedua/kode-pemulihan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "langkah-kedua/kode-pemulihan/unduh/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(
        "langkah-kedua/kode-pemulihan/baru/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
