//! The WHERE of a window: constants of ours as SQL, everything from outside as a bound value.

use sqlx::{
    AssertSqlSafe, SqliteConnection,
    query::Query,
    sqlite::{Sqlite, SqliteArguments, SqliteRow},
};

use crate::{
    domain::ids::{AccountId, TaskId, WorkflowId},
    store::{connection::json_list, rows::ListAsk},
};

enum Value {
    Int(i64),
    Text(String),
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

    pub fn int(&mut self, condition: &str, value: i64) {
        self.sql.push(condition.to_owned());
        self.values.push(Value::Int(value));
    }

    /// Each word must match one of the conditions; each condition takes the word as one `?`.
    pub fn words<'w>(&mut self, words: impl Iterator<Item = &'w str>, conditions: &[&str]) {
        for word in words {
            self.sql.push(format!("({})", conditions.join(" OR ")));
            let pattern = contains(word);
            self.values.extend(conditions.iter().map(|_| Value::Text(pattern.clone())));
        }
    }

    pub fn sql(&self) -> String {
        match self.sql.is_empty() {
            true => String::new(),
            false => format!("WHERE {}", self.sql.join(" AND ")),
        }
    }

    pub fn query(&self, sql: String) -> Query<'static, Sqlite, SqliteArguments> {
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for value in &self.values {
            query = match value {
                Value::Int(value) => query.bind(*value),
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
