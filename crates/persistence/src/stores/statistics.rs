//! Figures, counted from the facts: `agreement_facts` and what stands beside them.

mod backfill;
mod count;
mod flow;
mod keys;
mod life;
mod mechanisms;
mod places;
mod question;
mod record;
mod rows;
mod spells;
mod stock;
mod table;
mod time;

pub use flow::flow;
pub use life::life;
pub use places::{Top, concentration, coverage};
pub use question::Question;
pub use stock::{gaps, stock};
pub use time::time;

pub(crate) use backfill::backfill;
pub(crate) use mechanisms::{MechanismFact, record_mechanism};
pub(crate) use record::{Seen, SeenTurn, record, record_annotated, record_public, record_texts};
pub(crate) use rows::end;
