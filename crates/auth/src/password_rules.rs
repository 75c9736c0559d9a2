//! Rules for a new password.

use vinculo_domain::Said;
use vinculo_domain::wording;

/// The shortest password, in characters: NIST SP 800-63B-4 requires 15 for a single factor.
pub const MIN_PASSWORD: usize = 15;
/// The longest password, in characters, so that nobody can make the service hash a very long text.
pub const MAX_PASSWORD: usize = 128;

/// Whether a new password is allowed: only its length matters, not its composition.
pub fn check(password: &str) -> Result<(), Said> {
    let length = password.chars().count();
    if (MIN_PASSWORD..=MAX_PASSWORD).contains(&length) {
        Ok(())
    } else {
        Err(wording::sign_in::password(MIN_PASSWORD, MAX_PASSWORD))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_alone_decides_and_is_counted_in_characters() {
        for (length, good) in [
            (0, false),
            (14, false),
            (15, true),
            (128, true),
            (129, false),
        ] {
            assert_eq!(check(&"ñ".repeat(length)).is_ok(), good, "{length}");
        }
    }
}
