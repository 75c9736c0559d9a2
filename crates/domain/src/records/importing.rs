//! How a file of records is brought in, and how a row of it ends.

words! {
    /// What becomes of a row whose record is there already.
    ImportMode {
        /// It changes the record with its id or, without one, the first that has one of its ids of
        /// other systems; any other row is a new record.
        Upsert,
        /// It is a new one: ids in the file say nothing.
        Create,
    }
}

words! {
    /// How a row ended.
    RecordRowResult {
        /// It is a new record.
        Created,
        /// It changed a record.
        Updated,
        /// It says what is on record.
        Unchanged,
        /// It is refused, and nothing of it is kept.
        Refused,
    }
}
