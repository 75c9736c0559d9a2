//! The domain: governments, counterparts, agreements, and the procedure that the Law on the
//! Conclusion of Treaties (LCT, DOF 2 January 1992) sets for them.
//!
//! Nothing here reads a clock, a file or a database. Every rule is a plain function over values, so
//! that thousands of cases can be tested.

#[macro_use]
mod words;

pub mod activity;
pub mod administrations;
pub mod agreements;
pub mod annotations;
pub mod assignments;
pub mod bodies;
pub mod calendars;
pub mod catalogs;
pub mod charsets;
pub mod classifications;
pub mod clauses;
pub mod clock;
pub mod clock_watch;
pub mod compliance;
pub mod copies;
pub mod counterparts;
pub mod damage;
pub mod documents;
pub mod external_ids;
pub mod faults;
pub mod gaps;
pub mod gazetteer;
pub mod governments;
pub mod guide;
pub mod hand_overs;
pub mod history;
pub mod identity;
pub mod imports;
pub mod inscription_number;
pub mod inscriptions;
pub mod legal_bases;
pub mod legal_date;
pub mod limits;
pub mod mechanisms;
pub mod names;
mod nothing;
pub mod notices;
pub mod overlaps;
pub mod page;
pub mod partners;
pub mod problems;
pub mod records;
pub mod refusal;
pub mod relations;
pub mod scores;
pub mod spreadsheets;
pub mod standing;
pub mod statistics;
pub mod storage;
pub mod targets;
pub mod tenant;
pub mod text;
pub mod text_comparison;
pub mod texts;
pub mod turns;
pub mod urgencies;
pub mod wording;
pub mod workspace;

pub use refusal::{FieldError, Refusal, Result, Said};
pub use tenant::{Role, TenantId, Tier};
