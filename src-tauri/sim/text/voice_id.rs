//! Calls in Indonesian.

use super::{
    Ending,
    Role::{Robot, User},
    VoiceScript,
};

pub(super) const COLLECTION: VoiceScript = VoiceScript {
    opening: &[
        (
            Robot,
            "Selamat siang, saya Rani dari {brand}. Apakah benar saya berbicara dengan {name}? | Halo, selamat siang. Ini Rani dari {brand}. Apakah ini dengan {name}?",
        ),
        (User, "Iya, benar. Ini siapa ya? | Iya, saya sendiri. Ada apa ya, Mbak?"),
        (
            Robot,
            "Kami ingin mengingatkan cicilan sebesar {amount} yang jatuh tempo tanggal {date}. Kapan kira-kira bisa dibayarkan? | Saya menghubungi soal cicilan {amount} dengan jatuh tempo {date}. Apakah pembayarannya bisa dilakukan hari ini?",
        ),
    ],
    endings: &[
        Ending {
            letter: "A",
            weight: 34,
            label: "Janji bayar",
            hangup: 12,
            slots: &[
                ("tanggal_bayar", "{date}"),
                ("nominal", "{amount}"),
                ("metode", "transfer BCA"),
            ],
            turns: &[
                (
                    User,
                    "Nanti sore saya transfer, Mbak. Gajian baru masuk siang ini. | Besok pagi ya, saya bayar lewat BCA.",
                ),
                (Robot, "Baik, terima kasih. Saya catat pembayaran penuh sebesar {amount}, betul?"),
                (User, "Iya, betul, langsung lunas bulan ini."),
                (
                    Robot,
                    "Siap. Tautan pembayarannya kami kirim lewat WhatsApp sebentar lagi. Mohon dibayar sebelum pukul delapan malam.",
                ),
                (User, "Nomor virtual account-nya masih sama, kan?"),
                (
                    Robot,
                    "Masih sama. Terima kasih atas kerja samanya, {name}. Selamat beraktivitas.",
                ),
                (User, "Oke, sama-sama."),
            ],
        },
        Ending {
            letter: "B",
            weight: 20,
            label: "Minta perpanjangan",
            hangup: 12,
            slots: &[("alasan", "usaha sepi"), ("hari_tunda", "5")],
            turns: &[
                (User, "Aduh, belum bisa, Mbak. Warung lagi sepi. Boleh minta waktu lima hari?"),
                (
                    Robot,
                    "Saya mengerti. Ada pilihan membayar sebagian dulu, minimal tiga puluh persen hari ini.",
                ),
                (User, "Kalau sebagian bisa. Sisanya minggu depan, ya."),
                (
                    Robot,
                    "Baik, saya ajukan keringanannya. Denda tetap berjalan untuk sisa tagihan. Apakah setuju?",
                ),
                (User, "Setuju, tolong dibantu, ya."),
                (Robot, "Terima kasih. Konfirmasinya akan dikirim lewat pesan hari ini."),
            ],
        },
        Ending {
            letter: "C",
            weight: 14,
            label: "Hubungi lagi",
            hangup: 12,
            slots: &[("jam_telepon", "19:00")],
            turns: &[
                (User, "Saya lagi kerja, Mbak. Telepon lagi jam tujuh malam, ya."),
                (
                    Robot,
                    "Baik, kami hubungi kembali pukul tujuh malam. Apakah nomor ini tetap aktif?",
                ),
                (User, "Aktif terus, kok."),
                (Robot, "Terima kasih. Sampai nanti."),
            ],
        },
        Ending {
            letter: "D",
            weight: 9,
            label: "Menolak bayar",
            hangup: 14,
            slots: &[("alasan", "merasa sudah bayar")],
            turns: &[
                (User, "Lho, saya kan sudah bayar minggu lalu. Kok ditagih lagi?"),
                (Robot, "Mohon maaf. Apakah ada bukti transfernya?"),
                (User, "Ada, sudah saya kirim ke CS. Jangan telepon-telepon terus, dong."),
                (
                    Robot,
                    "Baik, akan kami periksa dulu dalam dua hari kerja. Mohon maaf atas ketidaknyamanannya.",
                ),
            ],
        },
        Ending {
            letter: "E",
            weight: 8,
            label: "Salah sambung",
            hangup: 12,
            slots: &[],
            turns: &[
                (User, "Salah sambung, Mbak. Saya tidak kenal nama itu."),
                (Robot, "Mohon maaf sudah mengganggu. Nomornya akan kami tandai. Selamat siang."),
            ],
        },
        Ending {
            letter: "G",
            weight: 4,
            label: "Jangan hubungi",
            hangup: 20,
            slots: &[("opt_out", "ya")],
            turns: &[
                (User, "Tolong hapus nomor saya. Saya tidak mau ditelepon lagi."),
                (Robot, "Baik, permintaannya sudah kami catat. Terima kasih."),
            ],
        },
    ],
};

pub(super) const COMMERCE: VoiceScript = VoiceScript {
    opening: &[
        (
            Robot,
            "Halo, ini dari {brand}. Apakah benar dengan {name}? | Selamat siang, {brand} di sini. Saya berbicara dengan {name}?",
        ),
        (User, "Iya, benar. | Betul, ini saya."),
        (
            Robot,
            "Kami ingin memastikan pesanan {order} senilai {amount} dengan bayar di tempat. Apakah pesanannya jadi? | Ada pesanan COD {order}, totalnya {amount}. Boleh kami kirim tanggal {date}?",
        ),
    ],
    endings: &[
        Ending {
            letter: "A",
            weight: 46,
            label: "Pesanan dikonfirmasi",
            hangup: 12,
            slots: &[("tanggal_kirim", "{date}"), ("alamat_ok", "ya")],
            turns: &[
                (User, "Jadi, kok. Kirim saja. Kira-kira sampainya kapan, ya?"),
                (
                    Robot,
                    "Perkiraan tiba tanggal {date}, antara jam sepuluh dan jam tiga. Alamatnya masih di Jalan Melati nomor dua belas?",
                ),
                (User, "Iya, yang pagar hijau, depan masjid."),
                (Robot, "Baik, saya tambahkan patokannya. Mohon siapkan uang pas, ya."),
                (User, "Siap, nanti saya titip ke istri kalau saya tidak ada."),
                (Robot, "Terima kasih sudah berbelanja di {brand}."),
            ],
        },
        Ending {
            letter: "B",
            weight: 16,
            label: "Ganti alamat",
            hangup: 12,
            slots: &[("alamat_baru", "Jalan Kenanga 45"), ("tanggal_kirim", "{date}")],
            turns: &[
                (User, "Alamatnya ganti, ya. Saya sudah pindah ke Jalan Kenanga empat puluh lima."),
                (Robot, "Jalan Kenanga nomor empat puluh lima. Kecamatannya masih sama?"),
                (User, "Masih, kode posnya juga sama."),
                (Robot, "Baik, alamat sudah diperbarui. Pesanan tiba tanggal {date}."),
                (User, "Makasih, ya."),
            ],
        },
        Ending {
            letter: "C",
            weight: 12,
            label: "Tunda pengiriman",
            hangup: 12,
            slots: &[("tunda_hari", "3")],
            turns: &[
                (User, "Bisa ditunda tiga hari? Saya masih di luar kota."),
                (Robot, "Bisa. Pesanan kami simpan dulu dan dikirim tiga hari lagi. Setuju?"),
                (User, "Setuju, terima kasih."),
            ],
        },
        Ending {
            letter: "D",
            weight: 16,
            label: "Pesanan dibatalkan",
            hangup: 14,
            slots: &[("alasan", "salah pesan")],
            turns: &[
                (User, "Batal saja. Kemarin anak saya yang pencet, salah pesan."),
                (Robot, "Baik, tidak apa-apa. Pesanan {order} saya batalkan, ya?"),
                (User, "Iya, tolong dibatalkan."),
                (Robot, "Sudah dibatalkan. Terima kasih."),
            ],
        },
        Ending {
            letter: "E",
            weight: 6,
            label: "Salah sambung",
            hangup: 12,
            slots: &[],
            turns: &[
                (User, "Saya tidak pesan apa-apa. Salah nomor kali."),
                (Robot, "Mohon maaf, akan kami periksa. Selamat siang."),
            ],
        },
    ],
};
