//! Reads what was acknowledged back through the service: it must equal the answer given then.

use crate::callers::Caller;
use crate::ledger::{Entry, Verdict, What};
use crate::store::Store;

/// How many readers share the work.
const READERS: usize = 4;

/// Reads every acknowledged entry back; returns those that differ.
pub fn differences(store: &Store, entries: &[Entry]) -> Vec<String> {
    let share = entries.len().div_ceil(READERS).max(1);
    std::thread::scope(|scope| {
        let readers: Vec<_> = entries
            .chunks(share)
            .map(|share| {
                scope.spawn(move || {
                    let mut caller = Caller::new(store.address, Some(&store.person));
                    let acked = share.iter().filter(|entry| entry.verdict == Verdict::Acked);
                    acked
                        .filter_map(|entry| different(&mut caller, entry))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let found = readers
            .into_iter()
            .flat_map(|reader| reader.join().unwrap());
        found.collect()
    })
}

fn different(caller: &mut Caller, entry: &Entry) -> Option<String> {
    let path = match &entry.what {
        What::Counterpart => format!("/v1/counterparts/{}", entry.id()),
        What::Agreement => format!("/v1/agreements/{}", entry.id()),
        What::Document(case) => format!("/v1/agreements/{case}/documents/{}/content", entry.id()),
        What::Withdrawal(case) => format!("/v1/agreements/{case}"),
    };
    // A read that was cut off says nothing about the record.
    let answer = (0..3).find_map(|_| caller.get(&path).ok());
    let Some(answer) = answer else {
        return Some(format!("{path}: no answer"));
    };
    let found = answer.json();
    let same = answer.status == 200
        && match &entry.what {
            What::Counterpart => found == entry.answer,
            What::Agreement => ["id", "owner", "draft", "created_at"]
                .iter()
                .all(|name| found[*name] == entry.answer[*name]),
            What::Document(_) => contains(&entry.body, &answer.body),
            What::Withdrawal(_) => found["stage"] == "withdrawn",
        };
    (!same).then(|| format!("{:?} {}: {}", entry.what, entry.mark, answer.text()))
}

fn contains(form: &[u8], file: &[u8]) -> bool {
    !file.is_empty() && form.windows(file.len()).any(|window| window == file)
}
