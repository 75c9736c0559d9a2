//! Cases of agreements: who sees them, what they hold, how they move.

mod access;
mod adhesions;
mod announcing;
mod cases;
mod circle;
mod confirmations;
mod departures;
mod draft;
mod effects;
mod escalation;
mod facts;
mod guide;
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
mod waiting;

pub use adhesions::adhere;
pub use confirmations::confirm;
pub use departures::leave;
pub use draft::{create, delete, update};
pub use guide::guide;
pub use history::history;
pub use list::{AgreementFilter, AgreementSort, list};
pub use texts::{create_text_set, list_text_sets};
pub use transitions::transition;
pub use view::{get, view};

pub(crate) use access::refresh_owner_side;
pub(crate) use cases::{Case, Sight, seats};
pub(crate) use circle::{CaseTies, each_case};
pub(crate) use sharing::{show_documents, show_to_owner_side};
pub(crate) use unreviewed::{PastAgreement, Recorded, record_unreviewed, undo};
pub(crate) use waiting::{by_stage, held, joined};
