//! A digest of rows that does not depend on their order, which no engine promises.

use vinculo_auth::seal::sha256;

/// The sum of the digests of rows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum([u64; 4]);

impl Sum {
    pub(super) fn add(&mut self, row: &[u8]) {
        let digest = sha256(row);
        let words = digest.as_bytes().chunks_exact(16);
        for (sum, word) in self.0.iter_mut().zip(words) {
            let word = std::str::from_utf8(word).unwrap_or_default();
            *sum = sum.wrapping_add(u64::from_str_radix(word, 16).unwrap_or_default());
        }
    }

    pub(super) fn text(self) -> String {
        self.0.iter().map(|word| format!("{word:016x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&str]) -> String {
        let mut sum = Sum::default();
        rows.iter().for_each(|row| sum.add(row.as_bytes()));
        sum.text()
    }

    #[test]
    fn rows_count_in_any_order_and_each_of_them() {
        assert_eq!(of(&["a", "b"]), of(&["b", "a"]));
        assert_ne!(of(&["a", "b"]), of(&["a", "c"]));
        assert_ne!(of(&["a"]), of(&["a", "a"]));
        assert_ne!(of(&["a", "a"]), of(&[]));
    }
}
