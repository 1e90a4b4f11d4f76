"""The demo accounts, one a role: printed when the portal starts, loaded by `load_demo`.

The domain is reserved (RFC 2606), so no mail can ever reach anybody. The role descriptions are
Indonesian by nature: they stand beside the Indonesian demo content.
"""

from typing import NamedTuple

DEMO_DOMAIN = "kim.example"
DEMO_PASSWORD = "kabar-dari-desa"  # noqa: S105  # shown to everybody on the first start


class DemoAccount(NamedTuple):
    """One line of the list that a newcomer signs in from."""

    email: str
    password: str
    role: str


def _account(name: str, role: str) -> DemoAccount:
    return DemoAccount(f"{name}@{DEMO_DOMAIN}", DEMO_PASSWORD, role)


DEMO_ACCOUNTS = [
    _account("rina", "Anggota KIM Senjang Sekayu: menulis berita dan kegiatan"),
    _account("yogi", "Pengurus KIM Senjang Sekayu: mengelola profil dan anggota"),
    _account("baiq", "Pengurus KIM Tunas Sukarara, Lombok Tengah (WITA)"),
    _account("jamal", "Pendaftar: draf pendaftaran KIM Jirak Maju"),
    _account("citra", "Pembaca: mengikuti KIM dan wilayah"),
    _account("wati", "Petugas Dinkominfo Kabupaten Musi Banyuasin"),
    _account("deni", "Petugas Dinkominfo Kabupaten Musi Banyuasin (rekan Wati)"),
    _account("amrul", "Kepala Dinkominfo Kabupaten Musi Banyuasin"),
    _account("sahdan", "Petugas Diskominfo Kabupaten Lombok Tengah"),
    _account("nurul", "Petugas Diskominfo Provinsi Sumatera Selatan"),
    _account("hendra", "Kepala Diskominfo Provinsi Sumatera Selatan: mengangkat petugas kabupaten/kota"),
    _account("suardana", "Kepala Diskominfotik Provinsi Nusa Tenggara Barat"),
    _account("ratna", "Kementerian: mengangkat petugas provinsi"),
    _account("admin", "Admin sistem (/admin/)"),
]
