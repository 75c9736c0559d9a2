//! Cases of agreements: who sees them, what they hold, how they move.

mod access;
mod cases;
mod clauses;
mod draft;
mod effects;
mod facts;
mod history;
mod list;
mod named_counterparts;
mod parties;
mod pointing;
mod registration;
mod remarks;
mod sharing;
mod signatures;
mod submissions;
mod text_comparison;
mod texts;
mod transitions;
mod unreviewed;
mod view;

pub use clauses::get_clauses;
pub use draft::{create, delete, update};
pub use history::history;
pub use list::{AgreementFilter, AgreementSort, list};
pub use parties::confirm;
pub use remarks::{RemarkFilter, list_remarks};
pub use text_comparison::get_text_comparison;
pub use texts::{create_text_set, get_text_set, list_text_sets};
pub use transitions::transition;
pub use view::{get, view};

pub(crate) use access::refresh_owner_side;
pub(crate) use cases::{Case, Sight, seats};
pub(crate) use sharing::{show_documents, show_to_owner_side};
pub(crate) use unreviewed::{PastAgreement, Recorded, record_unreviewed, undo};
