//! Runs cells in batches. After each batch, only the audit log may have changed, and it must hold
//! each refusal once.

use super::{Cell, Counts, Matrix};
use futures_util::stream::{self, StreamExt};
use std::cell::RefCell;
use vinculo_tests::Digest;

/// How many cells run between two checks of the tables.
const BATCH: usize = 400;
/// How many run at once.
const AT_ONCE: usize = 4;
/// What may change: the audit log, which is checked separately; the row that says when the store
/// was last seen to accept writes; and the sums over all rows, which include the audit log.
pub const TRAIL: [&str; 4] = ["audit_log", "audit_owners", "heartbeats", "row_sums"];

impl Matrix {
    /// A digest of every table but the audit log.
    pub fn digest(&self) -> Digest {
        self.camera.digest()
    }

    /// Runs cells in batches.
    pub async fn run_all(&self, cells: &[Cell], counts: &RefCell<Counts>) {
        let mut before = self.digest();
        for batch in cells.chunks(BATCH) {
            let cells = stream::iter(batch).map(|cell| self.run(*cell, counts));
            let answered: Vec<_> = cells.buffered(AT_ONCE).collect().await;
            let refused: Vec<String> = answered.into_iter().flatten().collect();
            self.require_trail(batch, &refused);
            let after = self.digest();
            if after != before {
                let culprit = self.culprit(batch).await;
                let changed = before.difference(&after);
                self.wrong(format!("{culprit} changed {changed:?}"));
                before = self.digest();
            }
        }
    }

    /// Each refusal of a known person stands in the audit log once.
    fn require_trail(&self, batch: &[Cell], refused: &[String]) {
        let list: Vec<String> = refused.iter().map(|id| format!("'{id}'")).collect();
        if list.is_empty() {
            return;
        }
        let list = list.join(",");
        let rows = format!("audit_log WHERE outcome = 'refused' AND request_id IN ({list})");
        let rows = self.app.scratch.count(&rows);
        let once = format!(
            "(SELECT request_id FROM audit_log WHERE request_id IN ({list}) \
             GROUP BY request_id HAVING COUNT(*) = 1) once"
        );
        let once = self.app.scratch.count(&once);
        let wanted = i64::try_from(refused.len()).unwrap();
        if (rows, once) != (wanted, wanted) {
            let first = self.name(batch[0]);
            self.wrong(format!(
                "of {wanted} refusals from {first} on, {rows} rows are in the audit log and {once} stand there once"
            ));
        }
    }

    /// The cell of a batch that changes something when it is run again, found by bisection.
    async fn culprit(&self, batch: &[Cell]) -> String {
        let counts = RefCell::new(Counts::default());
        let mut suspects = batch;
        while suspects.len() > 1 {
            let (first, second) = suspects.split_at(suspects.len() / 2);
            let before = self.digest();
            for cell in first {
                self.run(*cell, &counts).await;
            }
            suspects = if self.digest() == before {
                second
            } else {
                first
            };
        }
        let before = self.digest();
        self.run(suspects[0], &counts).await;
        if self.digest() == before {
            // It changed something only the first time.
            format!("something from {} on", self.name(batch[0]))
        } else {
            self.name(suspects[0])
        }
    }
}

/// Tests the digest itself: it notices a change in one column of one row, and is the same again
/// after the change is undone.
#[actix_web::test]
async fn a_digest_sees_every_change() {
    vinculo_tests::on_both(|app| async move {
        let camera = app.scratch.camera(&TRAIL);
        let before = camera.digest();
        assert_eq!(before, camera.digest());
        for (there, back) in [
            (
                "UPDATE memberships SET role = 'x' WHERE role = 'viewer' AND tenant_id = '14'",
                "UPDATE memberships SET role = 'viewer' WHERE role = 'x'",
            ),
            (
                "INSERT INTO counters (series, value) VALUES ('x', 1)",
                "DELETE FROM counters WHERE series = 'x'",
            ),
        ] {
            app.scratch.execute(there);
            assert_eq!(before.difference(&camera.digest()).len(), 1, "{there}");
            app.scratch.execute(back);
            assert_eq!(before, camera.digest());
        }
    })
    .await;
}
