//! Documents to print: one list of blocks, from which a page and a PDF are made, so that both say the
//! same.

mod html;
mod pdf;

pub use html::html;
pub use pdf::pdf;

use chrono::{DateTime, Utc};

/// A document in one language. Its texts are plain: each form writes them in its own way.
pub struct Printed {
    /// Whether it is in Spanish; otherwise it is in English.
    pub spanish: bool,
    /// Its title.
    pub title: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a document.
pub enum Block {
    /// The heading of what follows.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A table; a line break in a cell begins a new line there.
    Table {
        /// The heading of each column.
        heads: Vec<String>,
        /// The cells of each row, one for each column.
        rows: Vec<Vec<String>>,
    },
    /// Lines to sign on, each for whom.
    Signatures(Vec<String>),
}
