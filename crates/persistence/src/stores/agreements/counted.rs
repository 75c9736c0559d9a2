//! What statistics read of the head of a case.

use super::cases::Row;

/// The counted part of the head.
pub(crate) struct Head<'a> {
    pub(crate) owner: &'a str,
    pub(crate) agreement: &'a str,
    pub(crate) stage: &'a str,
    pub(crate) compliance: &'a str,
}

impl Row {
    /// Its counted part.
    pub(crate) fn head(&self) -> Head<'_> {
        Head {
            owner: &self.tenant_id,
            agreement: &self.id,
            stage: &self.stage,
            compliance: &self.compliance,
        }
    }
}
