//! The command line, read once.

use std::{path::PathBuf, time::Duration};

use lexopt::prelude::*;

#[derive(Default)]
pub struct Options {
    pub verb: String,
    pub yes: bool,
    pub headless: bool,
    pub release: bool,
    pub quick: bool,
    /// How long a headless demo runs.
    pub run_for: Option<Duration>,
    pub screenshot: Option<PathBuf>,
    pub seed: Option<String>,
    pub speed: Option<String>,
    pub json: Option<PathBuf>,
    pub only: Option<String>,
}

impl Options {
    pub fn from_command_line() -> Result<Self, String> {
        Self::parse(lexopt::Parser::from_env()).map_err(|problem| problem.to_string())
    }

    fn parse(mut parser: lexopt::Parser) -> Result<Self, lexopt::Error> {
        let mut options = Self::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Value(verb) if options.verb.is_empty() => options.verb = verb.string()?,
                Short('h') | Long("help") => options.verb = "help".into(),
                Short('y') | Long("yes") => options.yes = true,
                Long("headless") => options.headless = true,
                Long("release") => options.release = true,
                Long("quick") => options.quick = true,
                Long("for") => options.run_for = Some(duration(&parser.value()?.string()?)?),
                Long("screenshot") => options.screenshot = Some(parser.value()?.into()),
                Long("seed") => options.seed = Some(parser.value()?.string()?),
                Long("speed") => options.speed = Some(parser.value()?.string()?),
                Long("json") => options.json = Some(parser.value()?.into()),
                Long("only") => options.only = Some(parser.value()?.string()?),
                other => return Err(other.unexpected()),
            }
        }
        Ok(options)
    }
}

/// `30s`, `2m`, `500ms`; a bare number is seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let milliseconds: u64 = match unit {
        "ms" => 1,
        "" | "s" => 1_000,
        "m" => 60_000,
        _ => return Err(format!("`{text}` is no duration: write 30s, 2m or 500ms")),
    };
    let number: u64 = number.parse().map_err(|_| format!("`{text}` is no duration: write 30s"))?;
    Ok(Duration::from_millis(number.saturating_mul(milliseconds)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, lexopt::Error> {
        Options::parse(lexopt::Parser::from_args(arguments))
    }

    #[test]
    fn a_headless_demo_is_read_whole() {
        let options =
            parse(&["demo", "--headless", "--for", "30s", "--screenshot=out.png", "--seed", "7"])
                .unwrap();
        assert_eq!(options.verb, "demo");
        assert!(options.headless && !options.yes);
        assert_eq!(options.run_for, Some(Duration::from_secs(30)));
        assert_eq!(options.screenshot, Some("out.png".into()));
        assert_eq!(options.seed.as_deref(), Some("7"));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert!(parse(&["demo", "--fast"]).is_err());
        assert!(parse(&["demo", "twice"]).is_err());
        assert!(parse(&["demo", "--for", "soon"]).is_err());
    }

    #[test]
    fn durations_have_three_units() {
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("7"), Ok(Duration::from_secs(7)));
        assert!(duration("").is_err());
        assert!(duration("3h").is_err());
    }
}
