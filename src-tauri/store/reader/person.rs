//! One person: all that shares a number or a case with a record, within its account. One step only:
//! other cases of a number are shown, the numbers of those are not followed. Every part goes by an
//! index.

use sqlx::{AssertSqlSafe, SqliteConnection, sqlite::SqliteRow};

use super::{Reader, lists, sessions};
use crate::{
    domain::{
        ids::{AccountId, Callee},
        waba::WabaMessage,
    },
    store::{
        calls,
        cells::Columns,
        error::{During, Result},
        rows::{PersonOf, StoredCall, StoredPerson, Window},
    },
};

/// A case with more numbers than this is a placeholder (`0`, a batch's name) and no person.
const MOST_NUMBERS: usize = 10;
/// Rows are counted up to here: far more than a person has.
const COUNTED: u32 = 5_000;

const OF_ACCOUNT: &str = "+account = (SELECT n FROM accounts WHERE account = ?1)";

impl Reader {
    /// The newest `count` rows of each kind; `None` when the record is not stored.
    pub async fn person(
        &self,
        account: &AccountId,
        of: &PersonOf,
        count: u32,
    ) -> Result<Option<StoredPerson>> {
        let read = async {
            let mut tx = self.pool.begin().await?;
            let Some((callee, case_id)) = named(&mut tx, account, of).await? else {
                return Ok(None);
            };
            let person = Person::of(&mut tx, account, callee, case_id).await?;
            person.rows(&mut tx, count).await.map(Some)
        };
        read.await.during("read a person")
    }
}

/// What the record says of whom it is about.
async fn named(
    conn: &mut SqliteConnection,
    account: &AccountId,
    of: &PersonOf,
) -> sqlx::Result<Option<(Option<Callee>, Option<String>)>> {
    let (table, case_id, id) = match of {
        PersonOf::Call(id) => ("calls", "case_id", id.as_str()),
        PersonOf::Session(id) => ("sessions", "NULL", id.as_str()),
        PersonOf::Waba(id) => ("waba_messages", "case_id", id.as_str()),
    };
    let sql = format!(
        "SELECT callee, {case_id} FROM {table} \
         WHERE account = (SELECT n FROM accounts WHERE account = ?1) AND id = ?2"
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(account.as_str())
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        let mut columns = Columns::of(&row);
        Ok((columns.number()?, columns.text()?.filter(|text| !text.trim().is_empty())))
    })
    .transpose()
}

struct Person<'a> {
    account: &'a AccountId,
    numbers: Vec<Callee>,
    case_id: Option<String>,
    crowded: bool,
}

impl<'a> Person<'a> {
    async fn of(
        conn: &mut SqliteConnection,
        account: &'a AccountId,
        callee: Option<Callee>,
        case_id: Option<String>,
    ) -> sqlx::Result<Self> {
        let mut numbers: Vec<Callee> = callee.into_iter().collect();
        let mut crowded = false;
        if let Some(case_id) = &case_id {
            let mut all = numbers.clone();
            for callee in numbers_of(conn, account, case_id).await? {
                if !all.iter().any(|known| digits(known) == digits(&callee)) {
                    all.push(callee);
                }
            }
            crowded = all.len() > MOST_NUMBERS;
            if !crowded {
                numbers = all;
            }
        }
        Ok(Self { account, numbers, case_id, crowded })
    }

    async fn rows(self, conn: &mut SqliteConnection, count: u32) -> sqlx::Result<StoredPerson> {
        let select = (calls::SELECT, format!("calls c {}", calls::JOINS), "c");
        let calls = self.window(conn, &CALLS, select, count, |row| {
            let held = calls::read(row)?;
            Ok(StoredCall { account: held.account, call: held.call, source: held.source })
        });
        let calls = calls.await?;
        let select = (&*sessions::select("NULL"), sessions::FROM.to_owned(), "s");
        let sessions = self.window(conn, &SESSIONS, select, count, sessions::stored).await?;
        let select = (&*lists::select::<WabaMessage>(), lists::from::<WabaMessage>(), "r");
        let messages = self.window(conn, &MESSAGES, select, count, |row| {
            Ok(lists::stored::<WabaMessage>(row)?.value)
        });
        let messages = messages.await?;
        let Self { numbers, case_id, crowded, .. } = self;
        Ok(StoredPerson { numbers, case_id, crowded, calls, sessions, messages })
    }

    async fn window<T>(
        &self,
        conn: &mut SqliteConnection,
        table: &Table,
        (select, from, alias): (&str, String, &str),
        count: u32,
        read: impl Fn(&SqliteRow) -> sqlx::Result<T>,
    ) -> sqlx::Result<Window<T>> {
        let values = self.values(table);
        let Some(keys) = keys(table, values.spellings.len(), values.case_id.is_some()) else {
            return Ok(Window::default());
        };
        let sql = format!("SELECT count(*) FROM ({keys})");
        let total = values.bind(self.account, COUNTED, sql).fetch_one(&mut *conn).await?;
        let sql = format!(
            "SELECT {select} FROM (SELECT n, at FROM ({keys}) ORDER BY at DESC, n DESC LIMIT ?2) f \
             CROSS JOIN {from} WHERE {alias}.n = f.n ORDER BY f.at DESC, f.n DESC"
        );
        let rows = values.bind(self.account, count, sql).fetch_all(conn).await?;
        let rows = rows.iter().map(read).collect::<sqlx::Result<_>>()?;
        Ok(Window { total: Columns::of(&total).whole()?, rows })
    }

    fn values(&self, table: &Table) -> Values<'_> {
        let spellings = self.numbers.iter().flat_map(spellings).collect();
        // A crowded case is followed only where nothing else names the person.
        let followed = table.has_case && (!self.crowded || self.numbers.is_empty());
        Values { spellings, case_id: self.case_id.as_deref().filter(|_| followed) }
    }
}

struct Values<'v> {
    spellings: Vec<String>,
    case_id: Option<&'v str>,
}

impl Values<'_> {
    fn bind(
        &self,
        account: &AccountId,
        count: u32,
        sql: String,
    ) -> sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments> {
        let mut query =
            sqlx::query(AssertSqlSafe(sql)).bind(account.to_string()).bind(i64::from(count));
        for text in self.spellings.iter().map(String::as_str).chain(self.case_id) {
            query = query.bind(text.to_owned());
        }
        query
    }
}

pub(in crate::store) struct Table {
    name: &'static str,
    at: &'static str,
    has_case: bool,
}

pub(in crate::store) const CALLS: Table = Table { name: "calls", at: "called_at", has_case: true };
pub(in crate::store) const SESSIONS: Table =
    Table { name: "sessions", at: "started_at", has_case: false };
pub(in crate::store) const MESSAGES: Table =
    Table { name: "waba_messages", at: "sent_at", has_case: true };

/// Rows of a person by number and time: ?1 the account, ?2 the most of each part, then the spellings
/// of the numbers, then the case. Each part is a walk along one index, the newest first.
pub(in crate::store) fn keys(table: &Table, spellings: usize, with_case: bool) -> Option<String> {
    let Table { name, at, .. } = table;
    let part = |(place, column): (usize, &str)| {
        format!(
            "SELECT * FROM (SELECT n, {at} AS at FROM {name} WHERE {OF_ACCOUNT} \
             AND {column} = ?{} ORDER BY {at} DESC LIMIT ?2)",
            place + 3
        )
    };
    let columns = std::iter::repeat_n("callee", spellings).chain(with_case.then_some("case_id"));
    let parts: Vec<String> = columns.enumerate().map(part).collect();
    (!parts.is_empty()).then(|| parts.join(" UNION "))
}

/// Numbers of a case, in all their spellings; a few more than a person can have.
async fn numbers_of(
    conn: &mut SqliteConnection,
    account: &AccountId,
    case_id: &str,
) -> sqlx::Result<Vec<Callee>> {
    let part = |table: &str| {
        format!(
            "SELECT callee FROM {table} WHERE {OF_ACCOUNT} AND case_id = ?2 AND callee IS NOT NULL"
        )
    };
    let sql = format!(
        "SELECT DISTINCT callee FROM ({} UNION ALL {}) LIMIT ?3",
        part("calls"),
        part("waba_messages")
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(account.as_str())
        .bind(case_id)
        .bind(i64::try_from(2 * MOST_NUMBERS + 2).unwrap_or(i64::MAX))
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| Ok(Callee::new(Columns::of(row).words()?))).collect()
}

fn digits(callee: &Callee) -> String {
    callee.full().chars().filter(char::is_ascii_digit).collect()
}

/// Calls and sessions come from different families of the vendor, with `+` and without.
fn spellings(callee: &Callee) -> Vec<String> {
    let digits = digits(callee);
    let mut all = vec![callee.full().to_owned()];
    if !digits.is_empty() {
        all.extend([format!("+{digits}"), digits].into_iter().filter(|text| text != callee.full()));
    }
    all
}
