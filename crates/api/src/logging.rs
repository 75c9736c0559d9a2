//! The log.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;
use vinculo_domain::{Refusal, Result};

/// The filter that a setting asks for, such as `info` or `vinculo_api=debug`.
pub fn filter(log: &str) -> Result<EnvFilter> {
    let refused = |why: String| {
        Refusal::internal(format!(
            "log (VINCULO_LOG) is wrong: {why}; it is a level (off, error, warn, info, debug, trace) or a list such as info,vinculo_api=debug"
        ))
    };
    for part in log.split(',').map(str::trim) {
        if part.is_empty() {
            return Err(refused("a part of it is empty".into()));
        }
        // A bare word is taken for a module name: that module would log everything and all others
        // nothing. A typing mistake would silence the service.
        let is_word = !part.contains(['=', '[', ':']) && !part.starts_with("vinculo");
        if is_word && part.parse::<LevelFilter>().is_err() {
            return Err(refused(format!("{part} is no level")));
        }
    }
    // The framework logs every request that is not HTTP as an error, but that is the caller's
    // error.
    EnvFilter::try_new(format!("actix_http=off,{log}")).map_err(|error| refused(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_understood_or_refused() {
        for good in [
            "info",
            "WARN",
            "off",
            "vinculo_api=debug",
            "info,vinculo_persistence=trace",
            "warn,actix_server=off",
            "vinculo_api",
            "vinculo_api[request]=debug",
        ] {
            assert!(filter(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "verbose",
            "inof",
            "info,,warn",
            "vinculo_api=loud",
            "vinculo_api[=debug",
            "info,verbose",
        ] {
            assert!(filter(bad).is_err(), "{bad}");
        }
    }
}
