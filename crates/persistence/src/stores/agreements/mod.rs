//! Cases of agreements: who sees them, what they hold, how they move.

mod abandonment;
mod access;
mod assignments;
mod cases;
mod draft;
mod effects;
mod facts;
mod history;
mod list;
mod named_counterparts;
mod parties;
mod registration;
mod remarks;
mod sharing;
mod signatures;
mod submissions;
mod texts;
mod transitions;
mod turns;
mod unreviewed;
mod urgencies;
mod view;

pub use assignments::{assign, list_assignments};
pub use draft::{create, delete, update};
pub use history::history;
pub use list::{AgreementFilter, AgreementSort, Assignee, list};
pub use parties::confirm;
pub use texts::{create_text_set, list_text_sets};
pub use transitions::transition;
pub use turns::{list_turns, wait};
pub use urgencies::prioritize;
pub use view::{get, view};

pub(crate) use abandonment::{LEFT_ALONE, abandon};
pub(crate) use access::refresh_owner_side;
pub(crate) use assignments::of_cases;
pub(crate) use cases::{Case, Sight, seats};
pub(crate) use sharing::{show_documents, show_to_owner_side};
pub(crate) use unreviewed::{PastAgreement, Recorded, record_unreviewed, undo};
