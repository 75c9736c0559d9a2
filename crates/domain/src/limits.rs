//! Every limit that a caller may meet: the size of a request, a file or a field, and of an answer.
//! The limits on request rates are in `edge/rates.rs` of `api`.

// What one request may carry.

/// The longest address with its parameters, in bytes.
pub const MAX_URI_BYTES: usize = 4 * 1024;
/// All header fields together, in bytes. The framework itself stops reading at 128 kB and at 96
/// fields, and answers a bare 431.
pub const MAX_HEAD_BYTES: usize = 16 * 1024;
/// The largest JSON body, in bytes.
pub const MAX_JSON_BYTES: usize = 256 * 1024;
/// The deepest nesting of a JSON body.
pub const MAX_JSON_DEPTH: usize = 32;
/// Parameters in one address: more than any operation takes.
pub const MAX_PARAMETERS: usize = 30;
/// The most values that one parameter takes, separated by commas.
pub const MAX_PARAMETER_VALUES: usize = 20;
/// The longest of several values of a parameter, in characters.
pub const MAX_PARAMETER_VALUE: usize = 40;
/// The longest search, in characters.
pub const MAX_SEARCH_TEXT: usize = 200;
/// The longest value of any other parameter, in characters.
pub const MAX_PARAMETER_TEXT: usize = 1000;
/// What a form may contain besides its file: the other parts and the lines between them.
pub const MAX_FORM_FRAME_BYTES: usize = 64 * 1024;
/// The largest part of a form that is not its file, in bytes.
pub const MAX_FORM_TEXT_BYTES: usize = 4096;

// The most that one answer returns.

/// The most items that one page may hold.
pub const MAX_LIMIT: i64 = 200;
/// The items of a page if the caller does not give a number.
pub const DEFAULT_LIMIT: i64 = 50;
/// The rows of a table of statistics if the caller does not give a number; the rest is summed in
/// one more row, `others`.
pub const DEFAULT_FIGURE_ROWS: usize = 200;
/// The most rows of a table of statistics that a caller may ask for. Two dimensions together have
/// fewer values in the registry of a country.
pub const MAX_FIGURE_ROWS: usize = 10_000;
/// The most governments that a concentration names: all of the country.
pub const MAX_NAMED_GOVERNMENTS: usize = 3_000;
/// The number of cases that a workspace shows; it links to the full lists.
pub const MAX_WORKSPACE_CASES: i64 = 20;
/// The highest count of cases per stage in a workspace.
pub const MAX_WORKSPACE_COUNT: i64 = 1000;
/// The number of turns shown of a case: the newest ones.
pub const MAX_SHOWN_TURNS: i64 = 200;

/// The most values that a refusal names in place of one that is not taken.
pub const MAX_ADMITTED: usize = 30;
/// The most errors that one refusal reports.
pub const MAX_ERRORS: usize = 100;

// What one change may touch.

/// The most cases that may show a record for it to be changed: all of them get a new version in the
/// same unit of work, at some fifteen statements each.
pub const MAX_FOLLOWING_CASES: usize = 1000;

// Files.

/// The largest document, in bytes.
pub const MAX_DOCUMENT_BYTES: u64 = 25 * 1024 * 1024;
/// The longest name of a stored file, in bytes: the limit of common file systems.
pub const MAX_FILE_NAME_BYTES: usize = 255;
/// The longest file name that a sender may give, in characters.
pub const MAX_SENT_FILE_NAME: usize = 255;
/// The largest file that the command line imports, in bytes.
pub const MAX_IMPORT_BYTES: usize = 20 * 1024 * 1024;
/// The most rows of one file on the command line, without the header.
pub const MAX_IMPORT_ROWS: usize = 100_000;
/// The largest file to import that is sent over the network, in bytes.
pub const MAX_IMPORT_UPLOAD_BYTES: usize = 5 * 1024 * 1024;
/// The most rows of one file sent over the network, without the header.
pub const MAX_IMPORT_UPLOAD_ROWS: usize = 5_000;
/// The largest file with records to import, in bytes.
pub const MAX_RECORD_FILE_BYTES: usize = 10 * 1024 * 1024;
/// The most rows of a file with records, without the header.
pub const MAX_RECORD_ROWS: usize = 10_000;
/// The most columns of a file to import; each one that is not understood becomes a warning.
pub const MAX_IMPORT_COLUMNS: usize = 200;

// Fields of records.

/// The most clauses of one text.
pub const MAX_CLAUSES: usize = 100;
/// The longest clause, in characters.
pub const MAX_CLAUSE_TEXT: usize = 20_000;
/// The most holidays of one calendar: ten a year for some forty years.
pub const MAX_HOLIDAYS: usize = 400;
/// The longest target, in business days: about four years.
pub const MAX_TARGET_DAYS: i32 = 1000;
/// The most distinct words that [`words`](crate::text::words) returns for one text. Each word
/// becomes an index row of the record, so a pasted document must not produce thousands of rows.
pub const MAX_SEARCH_WORDS: usize = 64;
/// The most characters of a word that [`words`](crate::text::words) keeps; nobody searches for
/// more.
pub const MAX_SEARCH_WORD: usize = 40;
/// The longest time that the law allows a document to be reserved, in years.
pub const MAX_RESERVED_YEARS: u32 = 5;
