//! Statistics, counted from the facts: `agreement_facts` and the tables beside it.

mod backfill;
mod count;
mod coverage;
mod flow;
mod keys;
mod life;
mod mechanisms;
mod places;
mod question;
mod record;
mod rows;
mod stage_durations;
mod stock;
mod table;
mod time;

pub use coverage::{Top, concentration, coverage};
pub use flow::flow;
pub use life::life;
pub use question::Question;
pub use stock::{gaps, stock};
pub use time::time;

pub(crate) use backfill::backfill;
pub(crate) use mechanisms::{MechanismFact, record_mechanism};
pub(crate) use places::{agreements_by_year, agreements_of, items_of_all};
pub(crate) use record::{Seen, SeenTurn, record, record_annotated, record_public, record_texts};
pub(crate) use rows::{end, end_for_all};
