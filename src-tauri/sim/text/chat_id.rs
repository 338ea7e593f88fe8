//! Chats in Indonesian. Together they hold every shape of message.

use super::{
    Business::{Collection, Commerce},
    Conversation,
    Say::{self, *},
    Sender::{Agent, Chatbot, Robot, System as House, User},
    answer, line,
};

const PAYMENT_LINK: Say = Template {
    image: Some("tagihan.jpg"),
    body: "Halo {name}, cicilan Anda sebesar {amount} jatuh tempo {date}. Ketuk tombol di bawah untuk membayar atau minta keringanan.",
    footer: "{brand} · terdaftar dan diawasi",
    buttons: &[
        ("QUICK_REPLY", "Bayar sekarang"),
        ("QUICK_REPLY", "Minta keringanan"),
        ("OPT_OUT", "Berhenti"),
    ],
    name: "tagihan_d3_v2",
};

const METHODS: Say = List {
    body: "Mau bayar lewat apa?",
    footer: "Tanpa biaya admin",
    button: "Pilih metode",
    title: "Metode pembayaran",
    rows: &[
        ("bca", "BCA Virtual Account"),
        ("bri", "BRI Virtual Account"),
        ("qris", "QRIS"),
        ("alfamart", "Alfamart"),
    ],
};

const PAID: Conversation = Conversation {
    fits: Collection,
    channel: "WhatsApp",
    end_reason: "robot",
    letter: "A",
    label: "Janji bayar",
    slots: &[("metode", "QRIS"), ("tanggal_bayar", "{date}"), ("nominal", "{amount}")],
    lines: &[
        line(House, System("conversation.start")),
        line(Robot, PAYMENT_LINK),
        answer(1, User, Button("Bayar sekarang")),
        line(Chatbot, METHODS),
        line(User, ListReply(("qris", "QRIS"))),
        line(Chatbot, Text("Siap, ini kode QR untuk {amount}. Berlaku sampai pukul 23.59.")),
        line(Chatbot, Media("image", "qris.jpg")),
        line(User, Text("sebentar ya kak, saya coba dulu")),
        line(User, Media("image", "bukti-transfer.jpg")),
        answer(8, Chatbot, Text("Terima kasih, pembayarannya sudah kami terima.")),
        line(Chatbot, File("kuitansi-{order}.pdf")),
        line(
            Chatbot,
            Buttons {
                body: "Apakah ada yang lain yang bisa dibantu?",
                footer: "{brand}",
                options: &[("ya", "Ada"), ("tidak", "Tidak, terima kasih")],
            },
        ),
        line(User, ButtonReply(("tidak", "Tidak, terima kasih"))),
    ],
};

const RELIEF: Conversation = Conversation {
    fits: Collection,
    channel: "WhatsApp",
    end_reason: "agent",
    letter: "B",
    label: "Minta keringanan",
    slots: &[("alasan", "sakit"), ("hari_tunda", "7")],
    lines: &[
        line(House, System("conversation.start")),
        line(Robot, PAYMENT_LINK),
        answer(1, User, Button("Minta keringanan")),
        line(Chatbot, Text("Boleh diceritakan kendalanya? Bisa juga lewat pesan suara.")),
        line(User, Media("audio", "pesan-suara.ogg")),
        line(User, File("surat-dokter.pdf")),
        line(House, System("conversation.transfer")),
        line(
            Agent,
            Text(
                "Halo {name}, saya Tika. Semoga lekas sembuh. Kami bisa beri waktu 7 hari tanpa denda.",
            ),
        ),
        line(User, Text("alhamdulillah, terima kasih banyak mbak 🙏")),
        line(Agent, Media("video", "cara-bayar.mp4")),
        answer(9, User, Text("oke sudah jelas")),
        line(User, ChoiceText("Selesai")),
        line(House, System("conversation.end")),
    ],
};

const ADDRESS: Conversation = Conversation {
    fits: Commerce,
    channel: "Instagram",
    end_reason: "robot",
    letter: "A",
    label: "Alamat diperbarui",
    slots: &[("kecamatan", "Coblong"), ("order_no", "{order}")],
    lines: &[
        line(House, System("conversation.start")),
        line(
            Chatbot,
            Cards {
                title: "Pesanan {order}",
                subtitle: "{amount} · bayar di tempat · tiba {date}",
                buttons: &[("Ubah alamat", "ADDRESS"), ("Batalkan", "CANCEL")],
            },
        ),
        line(User, Text("ubah alamat kak, saya kirim lokasinya")),
        line(User, Location("Jl. Dipati Ukur, Bandung")),
        line(
            Chatbot,
            Text("Terima kasih. Alamat pesanan {order} sudah diganti ke Coblong, Bandung."),
        ),
        line(User, Text("mantap 👍")),
    ],
};

const CONFIRMED: Conversation = Conversation {
    fits: Commerce,
    channel: "WhatsApp",
    end_reason: "robot",
    letter: "A",
    label: "Pesanan dikonfirmasi",
    slots: &[("tanggal_kirim", "{date}"), ("order_no", "{order}")],
    lines: &[
        line(House, System("conversation.start")),
        line(
            Robot,
            Template {
                image: None,
                body: "Halo {name}, pesanan {order} senilai {amount} siap dikirim tanggal {date}. Jadi dikirim?",
                footer: "{brand}",
                buttons: &[
                    ("QUICK_REPLY", "Jadi, kirim saja"),
                    ("QUICK_REPLY", "Ubah alamat"),
                    ("OPT_OUT", "Berhenti promosi"),
                ],
                name: "konfirmasi_cod_v2",
            },
        ),
        answer(1, User, Button("Jadi, kirim saja")),
        line(
            Chatbot,
            Text(
                "Siap! Kurirnya akan menghubungi 30 menit sebelum tiba. Mohon siapkan uang pas {amount}.",
            ),
        ),
        line(User, Text("bisa pakai qris ga kak pas sampai?")),
        line(Chatbot, Text("Bisa, kurir membawa QRIS.")),
        line(User, Text("oke makasih 🙏")),
    ],
};

const ANGRY: Conversation = Conversation {
    fits: Collection,
    channel: "WhatsApp",
    end_reason: "user",
    letter: "D",
    label: "Keluhan",
    slots: &[("keluhan", "sudah bayar")],
    lines: &[
        line(Robot, PAYMENT_LINK),
        line(User, Text("Saya SUDAH BAYAR dari kemarin!!! kenapa masih ditagih?")),
        line(Chatbot, Text("Mohon maaf, {name}. Boleh kirim bukti transfernya?")),
        line(User, Text("capek saya. hapus nomor saya dari daftar kalian")),
        line(User, Button("Berhenti")),
        line(Chatbot, Text("Baik, kami tidak akan mengirim pesan lagi ke nomor ini.")),
    ],
};

const QUIET: Conversation = Conversation {
    fits: Commerce,
    channel: "HuaWei",
    end_reason: "expire",
    letter: "",
    label: "Tidak ada balasan",
    slots: &[],
    lines: &[
        line(
            Robot,
            Text(
                "Halo {name}, pesanan {order} siap dikirim tanggal {date}. Apakah alamatnya sudah benar?",
            ),
        ),
        line(
            Chatbot,
            Buttons {
                body: "Apakah alamatnya sudah benar?",
                footer: "",
                options: &[("benar", "Sudah benar"), ("ubah", "Ubah alamat")],
            },
        ),
    ],
};

pub(super) const CONVERSATIONS: &[Conversation] = &[PAID, RELIEF, ADDRESS, CONFIRMED, ANGRY, QUIET];
