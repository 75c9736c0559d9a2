//! Shares that add up, and percentiles from histograms.

use std::collections::BTreeMap;

/// The shares of `counts` in tenths of a per cent, by the largest remainder: they add up to 1,000
/// if anything was counted. Of equal remainders, the earlier row gets the tenth.
pub fn shares(counts: &[i64]) -> Vec<i64> {
    let sum: i64 = counts.iter().sum();
    if sum <= 0 {
        return vec![0; counts.len()];
    }
    let mut parts: Vec<i64> = counts.iter().map(|count| count * 1000 / sum).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    let remainder = |at: &usize| counts.get(*at).map_or(0, |count| count * 1000 % sum);
    order.sort_by_key(|at| std::cmp::Reverse(remainder(at)));
    let missing = 1000 - parts.iter().sum::<i64>();
    for at in order
        .into_iter()
        .take(usize::try_from(missing).unwrap_or(0))
    {
        if let Some(part) = parts.get_mut(at) {
            *part += 1;
        }
    }
    parts
}

/// Converts tenths to a number with one decimal.
#[expect(
    clippy::cast_precision_loss,
    reason = "tenths of a per cent, and areas below a million"
)]
pub fn tenths(tenths: i64) -> f64 {
    tenths as f64 / 10.0
}

/// How often each duration occurred.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram(BTreeMap<i32, i64>);

impl Histogram {
    /// Adds a duration that occurred `times` times.
    pub fn add(&mut self, days: i32, times: i64) {
        *self.0.entry(days).or_default() += times;
    }

    /// How many durations.
    pub fn count(&self) -> i64 {
        self.0.values().sum()
    }

    /// The shortest duration that `percent` of all durations do not exceed (nearest rank).
    pub fn percentile(&self, percent: i64) -> Option<i32> {
        let rank = (self.count() * percent + 99) / 100;
        let mut met = 0;
        self.0.iter().find_map(|(days, times)| {
            met += times;
            (met >= rank).then_some(*days)
        })
    }

    /// The share of durations not longer than `target`, in tenths of a per cent.
    pub fn within(&self, target: i32) -> Option<i64> {
        let all = self.count();
        let met: i64 = self.0.range(..=target).map(|(_, times)| times).sum();
        (all > 0).then(|| shares(&[met, all - met]).first().copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_to_a_thousand_tenths_and_stay_within_one_of_the_truth() {
        let mut seed = 7_u64;
        for _ in 0..2000 {
            let mut next = || {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                i64::try_from((seed >> 33) % 50).unwrap()
            };
            let counts: Vec<i64> = (0..next() + 1).map(|_| next()).collect();
            let sum: i64 = counts.iter().sum();
            let parts = shares(&counts);
            assert_eq!(parts.iter().sum::<i64>(), if sum == 0 { 0 } else { 1000 });
            for (count, part) in counts.iter().zip(&parts).filter(|_| sum > 0) {
                let exact = count * 1000 / sum;
                assert!(*part == exact || *part == exact + 1, "{counts:?} {parts:?}");
            }
        }
        assert_eq!(shares(&[1, 1, 1]), vec![334, 333, 333]);
    }

    #[test]
    fn percentiles_are_those_of_the_sorted_list() {
        for length in 1..60_usize {
            let list: Vec<i32> = (0..length)
                .map(|at| i32::try_from(at * 7919 % 23).unwrap())
                .collect();
            let mut histogram = Histogram::default();
            list.iter().for_each(|days| histogram.add(*days, 1));
            let mut sorted = list.clone();
            sorted.sort_unstable();
            for percent in [50, 90] {
                let rank = (length * percent).div_ceil(100);
                let expected = sorted[rank - 1];
                let percent = i64::try_from(percent).unwrap();
                assert_eq!(histogram.percentile(percent), Some(expected), "{list:?}");
            }
        }
        assert_eq!(Histogram::default().percentile(50), None);
        assert_eq!(Histogram::default().within(3), None);
    }
}
