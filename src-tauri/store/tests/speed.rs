//! Windows must come from indexes: the plans are checked, not the time.

use sqlx::{AssertSqlSafe, Row};

use super::sample::World;

#[tokio::test]
async fn every_sort_of_a_workflows_calls_has_its_index() {
    let world = World::new().await;
    for (column, index) in [
        ("called_at", "calls_by_time"),
        ("talk_ms", "calls_by_talk"),
        ("round", "calls_by_round"),
        ("result", "calls_by_result"),
        ("intention", "calls_by_intention"),
    ] {
        for order in [format!("{column} DESC, n DESC"), format!("{column} ASC NULLS LAST, n")] {
            let sql = format!(
                "EXPLAIN QUERY PLAN SELECT n FROM calls c WHERE c.workflow = 1 \
                 ORDER BY {order} LIMIT 50 OFFSET 500"
            );
            let rows =
                sqlx::query(AssertSqlSafe(sql)).fetch_all(&world.store.reader.pool).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
            let plan = plan.join("; ");
            assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{order}: {plan}");
        }
    }
}
