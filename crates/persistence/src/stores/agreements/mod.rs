//! Cases of agreements: who sees them, what they hold, how they move.

mod access;
mod announcing;
mod cases;
mod counted;
mod draft;
mod effects;
mod escalation;
mod facts;
mod history;
mod list;
mod named_counterparts;
mod opinions;
mod parties;
mod registration;
mod remarks;
mod sharing;
mod signatures;
mod submissions;
mod texts;
mod transitions;
mod unreviewed;
mod view;

pub use draft::{create, delete, update};
pub use history::history;
pub use list::{AgreementFilter, AgreementSort, list};
pub use parties::confirm;
pub use texts::{create_text_set, list_text_sets};
pub use transitions::transition;
pub use view::{get, view};

pub(crate) use access::{content_shown, refresh_owner_side};
pub(crate) use cases::{Case, Sight, seats};
pub(crate) use counted::Head;
pub(crate) use sharing::{show_documents, show_to_owner_side};
pub(crate) use unreviewed::{PastAgreement, Recorded, record_unreviewed, undo};
