//! A digest of rows that does not depend on their order, which engines do not guarantee.

use aws_lc_rs::digest::{SHA256, digest};

/// The sum of the SHA-256 digests of rows, each taken as four numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum([u64; 4]);

impl Sum {
    /// Adds a row.
    pub(crate) fn add(&mut self, row: &[u8]) {
        self.each(row, u64::wrapping_add);
    }

    /// Removes a row.
    pub(crate) fn take(&mut self, row: &[u8]) {
        self.each(row, u64::wrapping_sub);
    }

    fn each(&mut self, row: &[u8], change: impl Fn(u64, u64) -> u64) {
        let digest = digest(&SHA256, row);
        for (sum, word) in self.0.iter_mut().zip(digest.as_ref().chunks_exact(8)) {
            let word = word
                .iter()
                .fold(0, |word, byte| word << 8 | u64::from(*byte));
            *sum = change(*sum, word);
        }
    }

    /// The stored form.
    pub(crate) fn text(self) -> String {
        self.0.iter().map(|word| format!("{word:016x}")).collect()
    }

    /// Reads the stored form. Anything else gives a sum that matches no rows.
    pub(crate) fn read(text: &str) -> Self {
        let mut words = [u64::MAX; 4];
        for (word, part) in words.iter_mut().zip(text.as_bytes().chunks_exact(16)) {
            let part = std::str::from_utf8(part).unwrap_or_default();
            *word = u64::from_str_radix(part, 16).unwrap_or(u64::MAX);
        }
        Self(words)
    }
}
