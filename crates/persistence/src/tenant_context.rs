//! The tenant context in the message that begins a transaction.

use vinculo_domain::TenantId;

/// The settings of a transaction that a government begins for itself, as
/// `dialect::set_tenant_context` makes them later in one: text that PostgreSQL takes in one message with
/// the BEGIN. Nothing can be bound in such a message, so what cannot be a key is refused; no token names
/// such a government.
pub(crate) fn of(tenant: &TenantId) -> Result<String, String> {
    if !tenant.is_plain() {
        return Err(format!("{tenant} cannot be the key of a government"));
    }
    Ok(format!(
        "SET LOCAL app.tenant_id = '{tenant}'; SET LOCAL app.actor_tenant = '{tenant}'; \
         SET LOCAL app.case_id = ''; SET LOCAL app.acts = ''"
    ))
}
