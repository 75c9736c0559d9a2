//! The page tree: it must have pages, and no page or branch may appear in it twice.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, ObjectIdentifier};
use std::collections::HashSet;
use vinculo_domain::documents::FileReason;

/// How many pages and branches a file may have.
const NODES: usize = 50_000;

/// Walks the tree from its root.
pub(super) fn check(pdf: &Pdf) -> Result<(), FileReason> {
    let xref = pdf.xref();
    let root: Dict<'_> = xref.get(xref.root_id()).ok_or(FileReason::Unreadable)?;
    let top = root.get_ref("Pages").ok_or(FileReason::Unreadable)?;
    let mut waiting: Vec<ObjectIdentifier> = vec![top.into()];
    let (mut seen, mut pages) = (HashSet::new(), 0_usize);
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            return Err(FileReason::Unreadable);
        }
        if seen.len() > NODES {
            return Err(FileReason::TooComplex);
        }
        let Some(node) = xref.get::<Dict<'_>>(id) else {
            continue;
        };
        match node.get::<Array<'_>>("Kids") {
            None => pages += 1,
            Some(kids) => {
                let kids = kids.raw_iter().filter_map(|kid| kid.as_obj_ref());
                waiting.extend(kids.map(ObjectIdentifier::from));
            }
        }
    }
    if pages == 0 || pdf.pages().is_empty() {
        return Err(FileReason::Unreadable);
    }
    Ok(())
}
