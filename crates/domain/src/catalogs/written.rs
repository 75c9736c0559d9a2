//! Catalogues whose labels the code has already, so that no label stands twice.

use super::{Catalog, Entry};
use crate::agreements::CHECKLIST;
use crate::charsets::Encoding;
use crate::guide::STEPS;
use strum::VariantArray;

/// The entries of such a catalogue; none where its labels are in the file of the enumerations.
pub(super) fn entries(catalog: Catalog) -> Option<Vec<Entry>> {
    Some(match catalog {
        Catalog::ChecklistItems => {
            let items = CHECKLIST.iter().map(|item| (*item, item.label()));
            items
                .map(|(item, label)| Entry::labelled(item.into(), &label.es, &label.en))
                .collect()
        }
        Catalog::GuideSteps => {
            let steps = STEPS.iter();
            steps
                .map(|row| Entry::labelled(row.step.into(), &row.title.es, &row.title.en))
                .collect()
        }
        Catalog::Encodings => {
            let encodings = Encoding::VARIANTS.iter();
            encodings
                .map(|one| Entry::labelled(one.into(), one.name(), one.name()))
                .collect()
        }
        _ => return None,
    })
}
