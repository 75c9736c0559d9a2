//! How records stand, and what is done to them: the words of all kinds, so that a client knows them
//! once.

words! {
    /// How a record stands. Each kind takes some of them.
    RecordStatus {
        /// In preparation: only its owner sees it.
        Draft,
        /// In use.
        Current,
        /// Another one took its place.
        Replaced,
        /// It was asked for.
        Requested,
        /// It is being set up.
        Opening,
        /// At work; of a commitment, not fulfilled yet.
        Open,
        /// Over.
        Closed,
        /// It was applied for.
        Applied,
        /// It exists.
        Active,
        /// The government left.
        Left,
        /// The other side was asked and has not taken it up.
        Asked,
        /// The other side took it up.
        Accepted,
        /// The other side answered.
        Answered,
        /// The other side did not take it up.
        Declined,
        /// Whoever asked took it back.
        Withdrawn,
        /// The members took office.
        Installed,
        /// New members took office.
        Renewed,
        /// It was dissolved.
        Dissolved,
        /// It was called.
        Called,
        /// It took place.
        Held,
        /// It is published; of a session, its minutes are.
        Published,
        /// It was kept.
        Fulfilled,
        /// The next administration took it over.
        CarriedOver,
        /// It can no longer be kept.
        Expired,
    }
}

words! {
    /// What is done to a record. Each kind takes some of them; every kind takes `confirm`, and those
    /// that have fields about people take `erase`.
    RecordAction {
        /// Say that everything in it is still right.
        Confirm,
        /// Take what is said of people out of its earlier versions (cancelación, LGPDPPSO).
        Erase,
        /// Begin to set it up.
        Prepare,
        /// Put it to work.
        Open,
        /// End it.
        Close,
        /// Be admitted.
        Join,
        /// Leave.
        Leave,
        /// Take up what was asked.
        Accept,
        /// Answer what was asked.
        Answer,
        /// Not take up what was asked.
        Decline,
        /// Take back what one asked.
        Withdraw,
        /// New members take office.
        Renew,
        /// Dissolve it.
        Dissolve,
        /// Put on record that it took place.
        Hold,
        /// Publish it.
        Publish,
        /// Put another one in its place.
        Replace,
        /// Put on record that it was kept.
        Fulfil,
        /// Take it over from the administration before.
        CarryOver,
        /// Put on record that it can no longer be kept.
        Expire,
    }
}
