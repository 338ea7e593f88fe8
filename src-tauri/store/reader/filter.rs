//! The WHERE of a window: constants of ours as SQL, everything from outside as a bound value.

use sqlx::{
    AssertSqlSafe, SqliteConnection,
    query::Query,
    sqlite::{Sqlite, SqliteArguments, SqliteRow},
};

use crate::{
    domain::{
        filter::{self, Comparison, Field, FieldKind, FilterError, Term, Test},
        ids::{AccountId, TaskId, WorkflowId},
        status::Phase,
        time::Timestamp,
    },
    store::{cells::phase_code, connection::json_list, rows::ListAsk},
};

/// A condition on text that stands somewhere in an expression; takes the text as its one `?`.
macro_rules! like {
    ($of:literal) => {
        concat!($of, " LIKE ? ESCAPE '\\'")
    };
}
pub(super) use like;

enum Value {
    Real(f64),
    Text(String),
}

/// A field that a list is filtered by, as SQL.
pub(super) struct Column {
    pub name: &'static str,
    pub what: What,
}

/// Expressions of ours; NULL where the vendor did not report it. Text is a condition by [`like`].
pub(super) enum What {
    /// The words of a field, and the condition of each by its place.
    OneOf(&'static [&'static str], fn(usize) -> String),
    Text(&'static str),
    /// From 0 to 1.
    Share(&'static str),
    Count(&'static str),
    /// In milliseconds.
    Duration(&'static str),
    /// A time, in milliseconds since 1970.
    Age(&'static str),
}

/// The words of a status.
pub(super) const PHASES: [&str; Phase::ALL.len()] = {
    let mut words = [""; Phase::ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = Phase::ALL[at].word();
        at += 1;
    }
    words
};

/// The column `phase` of a table has this word of [`PHASES`]; a status not reported counts as unknown.
pub(super) fn has_phase(column: &str, word: usize) -> String {
    let phase = Phase::ALL.get(word).copied().unwrap_or(Phase::Unknown);
    format!("coalesce({column}, 4) = {}", phase_code(phase))
}

impl Column {
    fn field(&self) -> Field {
        let kind = match self.what {
            What::OneOf(words, _) => FieldKind::OneOf(words),
            What::Text(_) => FieldKind::Text,
            What::Share(_) => FieldKind::Share,
            What::Count(_) => FieldKind::Count,
            What::Duration(_) => FieldKind::Duration,
            What::Age(_) => FieldKind::Age,
        };
        Field { name: self.name, kind }
    }
}

/// What a list is filtered by: its fields, and the conditions by [`like`] of which a word without a field
/// meets one.
pub(super) struct Filterable {
    pub columns: &'static [Column],
    pub anywhere: &'static [&'static str],
}

/// Conditions and their values, in order.
#[derive(Default)]
pub(super) struct Filter {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    /// Account and workflow of a list over the table `alias`.
    pub fn scope(alias: &str, ask: &ListAsk) -> Self {
        let mut filter = Self::default();
        if let Some((account, workflow)) = &ask.workflow {
            filter.workflow(alias, account, workflow);
        } else if let Some(account) = &ask.account {
            filter.account(alias, account);
        }
        filter
    }

    pub fn account(&mut self, alias: &str, account: &AccountId) {
        self.sql.push(format!("{alias}.account = (SELECT n FROM accounts WHERE account = ?)"));
        self.values.push(Value::Text(account.to_string()));
    }

    pub fn workflow(&mut self, alias: &str, account: &AccountId, workflow: &WorkflowId) {
        self.sql.push(format!(
            "{alias}.workflow = (SELECT k.n FROM workflow_keys k JOIN accounts o ON o.n = k.account \
             WHERE o.account = ? AND k.id = ?)"
        ));
        self.values.push(Value::Text(account.to_string()));
        self.values.push(Value::Text(workflow.to_string()));
    }

    /// A condition of ours, without a value.
    pub fn when(&mut self, condition: String) {
        self.sql.push(condition);
    }

    /// Calls of these tasks outside workflows: a partial index holds them.
    pub fn outside(&mut self, alias: &str, account: &AccountId, tasks: &[TaskId]) {
        self.when(format!("{alias}.workflow IS NULL"));
        self.placed(alias, account, tasks);
    }

    /// Calls that name one of these tasks, of workflows too.
    pub fn placed(&mut self, alias: &str, account: &AccountId, tasks: &[TaskId]) {
        self.sql.push(format!(
            "{alias}.place IN (SELECT p.n FROM json_each(?) j \
             JOIN accounts o ON o.account = ? JOIN places p ON p.account = o.n AND p.task = j.value)"
        ));
        self.values.push(Value::Text(json_list(tasks)));
        self.values.push(Value::Text(account.to_string()));
    }

    pub fn text(&mut self, condition: &str, value: &str) {
        self.sql.push(condition.to_owned());
        self.values.push(Value::Text(value.to_owned()));
    }

    /// What a person wrote; the tests of the field `except` are read but do not count.
    pub fn written(
        mut self,
        ask: &ListAsk,
        of: &Filterable,
        except: Option<&str>,
    ) -> Result<Self, FilterError> {
        let fields: Vec<Field> = of.columns.iter().map(Column::field).collect();
        for term in filter::parse(&ask.filter, &fields)? {
            let field = match &term.test {
                Test::Words(_) => None,
                Test::OneOf { field, .. }
                | Test::Holds { field, .. }
                | Test::Compare { field, .. } => of.columns.get(*field),
            };
            if except.is_none() || field.map(|column| column.name) != except {
                self.term(&term, field, of.anywhere, ask.now);
            }
        }
        Ok(self)
    }

    fn term(&mut self, term: &Term, column: Option<&Column>, anywhere: &[&str], now: Timestamp) {
        let condition = match (&term.test, column.map(|column| &column.what)) {
            (Test::Words(word), _) => {
                let pattern = contains(word);
                self.values.extend(anywhere.iter().map(|_| Value::Text(pattern.clone())));
                anywhere.join(" OR ")
            }
            (Test::OneOf { which, .. }, Some(What::OneOf(_, condition))) => {
                which.iter().map(|at| condition(*at)).collect::<Vec<_>>().join(" OR ")
            }
            (Test::Holds { text, .. }, Some(What::Text(holds))) => {
                self.values.push(Value::Text(contains(text)));
                (*holds).to_owned()
            }
            (
                Test::Compare { comparison, value, .. },
                Some(What::Share(of) | What::Count(of) | What::Duration(of)),
            ) => {
                self.values.push(Value::Real(*value));
                format!("{of} {} ?", sign(*comparison))
            }
            (Test::Compare { comparison, value, .. }, Some(What::Age(of))) => {
                // Bound, so that the statement stays the same one as the time goes on.
                self.values.push(Value::Real(now.millis() as f64));
                self.values.push(Value::Real(*value));
                format!("? - {of} {} ?", sign(*comparison))
            }
            // What is read by these columns is of the kind that they have.
            _ => return,
        };
        // What is not reported is not so; a negation lets it through.
        self.sql.push(match term.negated {
            true => format!("NOT coalesce(({condition}), 0)"),
            false => format!("({condition})"),
        });
    }

    pub fn sql(&self) -> String {
        match self.sql.is_empty() {
            true => String::new(),
            false => format!("WHERE {}", self.sql.join(" AND ")),
        }
    }

    pub fn query(&self, sql: String) -> Query<'static, Sqlite, SqliteArguments> {
        self.bound(sqlx::query(AssertSqlSafe(sql)))
    }

    /// A query that takes something before the filter's own values.
    pub fn bound(
        &self,
        mut query: Query<'static, Sqlite, SqliteArguments>,
    ) -> Query<'static, Sqlite, SqliteArguments> {
        for value in &self.values {
            query = match value {
                Value::Real(value) => query.bind(*value),
                Value::Text(text) => query.bind(text.clone()),
            };
        }
        query
    }

    /// How many rows of `from` match.
    pub async fn count(&self, conn: &mut SqliteConnection, from: &str) -> sqlx::Result<i64> {
        let sql = format!("SELECT count(*) FROM {from} {}", self.sql());
        let row = self.query(sql).fetch_one(conn).await?;
        sqlx::Row::try_get(&row, 0)
    }

    /// The rows of the window.
    pub async fn rows(
        &self,
        conn: &mut SqliteConnection,
        (select, from, order): (&str, &str, &str),
        (anchor, count): (u32, u32),
    ) -> sqlx::Result<Vec<SqliteRow>> {
        let sql =
            format!("SELECT {select} FROM {from} {} ORDER BY {order} LIMIT ? OFFSET ?", self.sql());
        self.query(sql).bind(count).bind(anchor).fetch_all(conn).await
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::More => ">",
        Comparison::MoreOrEqual => ">=",
    }
}

/// `LIKE ? ESCAPE '\'` as a substring.
fn contains(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// `column DESC` or ascending, what is not reported last either way, ties by row.
pub(super) fn order(column: &str, descending: bool, tie: &str) -> String {
    match descending {
        // NULL is the smallest value of SQLite, so it is last by itself.
        true => format!("{column} DESC, {tie} DESC"),
        false => format!("{column} ASC NULLS LAST, {tie} ASC"),
    }
}
