//! How long to wait after a failure. The next activation is the retry; nothing here loops.

/// Milliseconds to wait after the `failures`-th failure in a row (1 is the first): 1 s doubling to 60 s.
pub fn delay_ms(failures: u32) -> i64 {
    const FIRST: i64 = 1_000;
    const LONGEST: i64 = 60_000;
    let doublings = failures.saturating_sub(1).min(6);
    (FIRST << doublings).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::delay_ms;

    #[test]
    fn doubles_up_to_a_minute() {
        let waits: Vec<i64> = (1..=9).map(delay_ms).collect();
        assert_eq!(waits[..4], [1_000, 2_000, 4_000, 8_000]);
        assert_eq!(waits[8], 60_000);
    }
}
