//! Counts tests from what the runners print at their end.

use std::fmt;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Tally {
    /// Adds the line, if it is a runner's closing line: cargo's (`test result: ok. 3 passed; …`),
    /// vitest's (`Tests  1 failed | 3 passed (4)`), Node's (`ℹ pass 3`, a line a count) or a plain
    /// `3 passed, 1 failed`.
    pub fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(count) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) {
            return self.add(Self::of_node(count).unwrap_or_default());
        }
        let counts = if let Some(rest) = line.strip_prefix("test result:") {
            rest.split_once(". ").map_or("", |(_, counts)| counts)
        } else if let Some(rest) = line.strip_prefix("Tests ") {
            rest.split_once('(').map_or(rest, |(counts, _)| counts)
        } else if line.contains(" passed") && line.contains(" failed") {
            line
        } else {
            return;
        };
        if let Some(counts) = Self::counts(counts) {
            self.add(counts);
        }
    }

    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    fn of_node(text: &str) -> Option<Self> {
        let (word, number) = text.split_once(' ')?;
        let number = number.parse().ok()?;
        match word {
            "pass" => Some(Self { passed: number, ..Self::default() }),
            "fail" | "cancelled" => Some(Self { failed: number, ..Self::default() }),
            "skipped" | "todo" => Some(Self { skipped: number, ..Self::default() }),
            _ => None,
        }
    }

    /// `None` when a part is anything but a number and a word: then it was prose.
    fn counts(text: &str) -> Option<Self> {
        let mut tally = Self::default();
        for part in text.split([';', '|', ',']).map(str::trim).filter(|part| !part.is_empty()) {
            let (number, word) = part.split_once(' ')?;
            if number == "finished" {
                continue;
            }
            let number: u64 = number.parse().ok()?;
            match word {
                "passed" => tally.passed += number,
                "failed" => tally.failed += number,
                "ignored" | "skipped" | "todo" => tally.skipped += number,
                "measured" | "filtered out" => {}
                _ => return None,
            }
        }
        Some(tally)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> (u64, u64, u64) {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        (tally.passed, tally.failed, tally.skipped)
    }

    #[test]
    fn closing_lines_of_all_runners_are_summed() {
        let lines = [
            "running 3 tests",
            "test domain::mask::tests::last_four ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.31s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 1.00s",
            " Test Files  1 failed | 9 passed (10)",
            "      Tests  1 failed | 83 passed | 2 skipped (86)",
            "ℹ tests 9",
            "ℹ pass 6",
            "ℹ fail 1",
            "ℹ cancelled 1",
            "ℹ skipped 1",
            "ℹ duration_ms 812.4",
            "7 passed, 0 failed",
        ];
        assert_eq!(read(&lines), (111, 5, 4));
    }

    #[test]
    fn prose_and_single_tests_are_not_counted() {
        let lines = [
            "test a_number_that_passed_or_failed ... ok",
            "the request passed, and 3 failed to arrive",
            "Tests are listed below",
            "",
        ];
        assert_eq!(read(&lines), (0, 0, 0));
    }

    #[test]
    fn the_closing_line_names_skipped_tests_only_when_there_are_some() {
        assert_eq!(Tally { passed: 3, failed: 0, skipped: 0 }.to_string(), "3 passed, 0 failed");
        assert_eq!(
            Tally { passed: 3, failed: 1, skipped: 2 }.to_string(),
            "3 passed, 1 failed, 2 skipped"
        );
    }
}
