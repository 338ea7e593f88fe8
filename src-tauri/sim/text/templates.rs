//! The workflow templates of the simulated account.

use super::{Business, Language};

/// What a node does. How the vendor spells its node types is not known; these words are ASSUMED.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Voice,
    Waba,
    Chatbot,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Voice => "voice",
            Self::Waba => "WABA",
            Self::Chatbot => "chatbot",
        }
    }
}

/// The sums that people owe or spend.
#[derive(Clone, Copy)]
pub(crate) struct Money {
    pub sign: &'static str,
    pub from: i64,
    pub to: i64,
    pub step: i64,
}

pub(crate) struct Template {
    pub id: u64,
    pub money: Money,
    pub name: &'static str,
    /// How workflows of it are named, before the day and the batch.
    pub series: &'static [&'static str],
    pub language: Language,
    pub business: Business,
    pub brand: &'static str,
    pub nodes: &'static [(Kind, &'static str)],
}

use Business::{Collection, Commerce, Telemarketing};
use Kind::{Chatbot, Voice, Waba};
use Language::{Chinese, English, Indonesian};

/// Oldest first.
pub(crate) const TEMPLATES: &[Template] = &[
    Template {
        id: 10_231,
        money: Money { sign: "Rp ", from: 150_000, to: 4_800_000, step: 5_000 },
        name: "Overdue reminder D1-D7 (ID)",
        series: &["Overdue D3 Jakarta", "Overdue D1 Jawa Barat", "Overdue D7 Surabaya"],
        language: Indonesian,
        business: Collection,
        brand: "DanaLancar",
        nodes: &[
            (Voice, "Panggilan pengingat"),
            (Waba, "WhatsApp tautan bayar"),
            (Chatbot, "Chatbot janji bayar"),
        ],
    },
    Template {
        id: 10_232,
        money: Money { sign: "₱", from: 800, to: 12_000, step: 50 },
        name: "Pre-due courtesy call (PH)",
        series: &["Pre-due D-2 Metro Manila", "Pre-due D-1 Cebu", "Pre-due D-3 Davao"],
        language: English,
        business: Collection,
        brand: "PesoBridge",
        nodes: &[(Voice, "Courtesy call"), (Waba, "Payment link"), (Chatbot, "Payment assistant")],
    },
    Template {
        id: 10_244,
        money: Money { sign: "Rp ", from: 45_000, to: 1_250_000, step: 1_000 },
        name: "COD order confirmation (ID)",
        series: &["Konfirmasi COD Bandung", "Konfirmasi COD Medan", "Konfirmasi COD Jabodetabek"],
        language: Indonesian,
        business: Commerce,
        brand: "TokoRaya",
        nodes: &[
            (Voice, "Konfirmasi pesanan"),
            (Waba, "Ringkasan pesanan"),
            (Chatbot, "Chatbot alamat"),
        ],
    },
    Template {
        id: 10_260,
        money: Money { sign: "S$", from: 20, to: 400, step: 1 },
        name: "Failed delivery follow-up (SG)",
        series: &["Redelivery West", "Redelivery Central", "Redelivery East"],
        language: English,
        business: Commerce,
        brand: "ParcelHop",
        nodes: &[(Voice, "Delivery call"), (Chatbot, "Reschedule chat")],
    },
    Template {
        id: 10_275,
        money: Money { sign: "RM", from: 20, to: 120, step: 10 },
        name: "会员唤醒 · 双节大促",
        series: &["会员唤醒 吉隆坡", "会员唤醒 槟城", "会员唤醒 新加坡"],
        language: Chinese,
        business: Telemarketing,
        brand: "优品荟",
        nodes: &[(Voice, "促销外呼"), (Waba, "优惠券模板"), (Chatbot, "会员顾问")],
    },
    Template {
        id: 10_281,
        money: Money { sign: "S$", from: 200, to: 3_500, step: 10 },
        name: "账单提醒 M1",
        series: &["账单提醒 M1 新加坡", "账单提醒 M1 柔佛"],
        language: Chinese,
        business: Collection,
        brand: "汇安金融",
        nodes: &[(Voice, "首次提醒"), (Voice, "末次提醒"), (Waba, "还款链接")],
    },
    Template {
        id: 10_297,
        money: Money { sign: "$", from: 25, to: 480, step: 1 },
        name: "Cart recovery chat (EN)",
        series: &["Cart recovery Mon", "Cart recovery Weekend", "Cart recovery Flash"],
        language: English,
        business: Commerce,
        brand: "Larkspur & Co",
        nodes: &[(Waba, "Cart template"), (Chatbot, "Shopping assistant")],
    },
    Template {
        id: 10_303,
        money: Money { sign: "Rp ", from: 300_000, to: 6_500_000, step: 5_000 },
        name: "Cicilan terlambat M2 (ID)",
        series: &["Cicilan M2 Semarang", "Cicilan M2 Makassar"],
        language: Indonesian,
        business: Collection,
        brand: "KreditKita",
        nodes: &[(Voice, "Panggilan pertama"), (Voice, "Panggilan terakhir")],
    },
];
