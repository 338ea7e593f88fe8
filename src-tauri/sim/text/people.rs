//! The people on the lists. Numbers have a 555 where a subscriber's would start, so that none is
//! anybody's by intent.

use super::{Language, Template, templates::Money};
use crate::sim::branch::{Branch, Draws};

const ENGLISH: (&[&str], &[&str]) = (
    &[
        "Maria", "Jose", "Angela", "Mark", "Grace", "Paolo", "Kristine", "Daniel", "Rachel",
        "Kevin", "Priya", "Arjun", "Nicole", "Adrian", "Joy", "Samuel", "Michelle", "Victor",
        "Hannah", "Ryan",
    ],
    &[
        "Santos",
        "Reyes",
        "Cruz",
        "Bautista",
        "Mendoza",
        "Garcia",
        "Villanueva",
        "Ramos",
        "Aquino",
        "Lim",
        "Tan",
        "Nair",
        "Kumar",
        "Fernandez",
        "Castillo",
        "Navarro",
        "Ong",
        "Pereira",
    ],
);
const INDONESIAN: (&[&str], &[&str]) = (
    &[
        "Budi", "Siti", "Agus", "Dewi", "Rizky", "Putri", "Andi", "Ratna", "Fajar", "Indah",
        "Bayu", "Lestari", "Hendra", "Wulan", "Dimas", "Nurul", "Yusuf", "Ayu", "Eko", "Melati",
    ],
    &[
        "Santoso",
        "Rahmawati",
        "Wijaya",
        "Saputra",
        "Hidayat",
        "Kusuma",
        "Pratama",
        "Siregar",
        "Nasution",
        "Halim",
        "Permata",
        "Gunawan",
        "Setiawan",
        "Maharani",
        "Ginting",
        "Susanto",
    ],
);
const CHINESE: (&[&str], &[&str]) = (
    &[
        "陈", "林", "黄", "李", "张", "王", "吴", "刘", "蔡", "杨", "许", "郑", "谢", "郭", "洪",
        "曾",
    ],
    &[
        "伟杰", "美玲", "志强", "淑芬", "家豪", "慧敏", "俊宏", "秀英", "文彬", "雅婷", "国华",
        "丽珍", "子轩", "欣怡", "明辉", "佩珊", "建国", "诗涵", "永康", "晓彤",
    ],
);

/// The name of person `index` of those who speak `language`; the same in every workflow.
pub(crate) fn name(root: Branch, language: Language, index: u32) -> String {
    let mut draws = root.child(pool(language), u64::from(index)).draws();
    let (first, second, space) = match language {
        Language::English => (ENGLISH.0, ENGLISH.1, " "),
        Language::Indonesian => (INDONESIAN.0, INDONESIAN.1, " "),
        Language::Chinese => (CHINESE.0, CHINESE.1, ""),
    };
    format!("{}{space}{}", draws.word(first), draws.word(second))
}

fn pool(language: Language) -> &'static str {
    match language {
        Language::English => "person_en",
        Language::Indonesian => "person_id",
        Language::Chinese => "person_zh",
    }
}

/// The number of person `index`, the digits behind `+`. One person, one number.
pub(crate) fn number(language: Language, index: u32) -> u64 {
    // 7,919 and 10,000 have no common factor, so the tail runs through all values before it repeats.
    let (tail, block) = (u64::from(index) * 7_919 % 10_000, u64::from(index) / 10_000);
    match language {
        Language::English => 639_170_000_000 + (555 + block * 1000) * 10_000 + tail,
        Language::Indonesian => 62_812_000_000_000 / 10 + (555 + block * 1000) * 10_000 + tail,
        Language::Chinese => 60_120_000_000 + (555 + block * 1000) * 10_000 + tail,
    }
}

/// The customer's own id of person `index` at the brand of `template`.
pub(crate) fn case_number(template: &Template, index: u32) -> u64 {
    template.id * 100_000 + u64::from(index)
}

/// A sum as its country writes it.
pub(crate) fn amount(template: &Template, draws: &mut Draws) -> String {
    let Money { sign, from, to, step } = template.money;
    let separator = if template.language == Language::Indonesian { "." } else { "," };
    let mut rest = draws.between(from / step, to / step) * step;
    let mut groups = Vec::new();
    while rest >= 1000 {
        groups.push(format!("{separator}{:03}", rest % 1000));
        rest /= 1000;
    }
    groups.push(format!("{sign}{rest}"));
    groups.reverse();
    groups.concat()
}

/// A day as people say it.
pub(crate) fn date(language: Language, ms: i64) -> String {
    const MONTHS: [&str; 12] = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ];
    let Some(day) = chrono::DateTime::from_timestamp_millis(ms) else { return String::new() };
    match language {
        Language::English => day.format("%-d %B").to_string(),
        Language::Indonesian => {
            let month = usize::try_from(chrono::Datelike::month0(&day)).unwrap_or(0);
            format!("{} {}", day.format("%-d"), MONTHS.get(month).copied().unwrap_or_default())
        }
        Language::Chinese => day.format("%-m月%-d日").to_string(),
    }
}
