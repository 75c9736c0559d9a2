//! Cases of agreements: who sees them, what they hold, how they move.

mod access;
mod activation;
mod adoption;
mod announcing;
mod cases;
mod draft;
mod effects;
mod escalation;
mod facts;
mod history;
mod list;
mod named_counterparts;
mod on_behalf;
mod opinions;
mod parties;
mod past;
mod recording;
mod registration;
mod remarks;
mod seating;
mod sharing;
mod signatures;
mod submissions;
mod texts;
mod transitions;
mod view;

pub use draft::{create, delete, update};
pub use history::history;
pub use list::{AgreementFilter, AgreementSort, list};
pub use on_behalf::create_on_behalf;
pub use parties::confirm;
pub use texts::{create_text_set, list_text_sets};
pub use transitions::transition;
pub use view::{get, view};

pub(crate) use access::refresh_owner_side;
pub(crate) use activation::activate;
pub(crate) use cases::{Case, Row, Sight, seats};
pub use past::create_past;
pub(crate) use recording::{Named, PastAgreement, Recorded, record, undo};
pub(crate) use sharing::{show_documents, show_to_owner_side};
