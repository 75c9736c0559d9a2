//! The tenant context in the message that begins a transaction.

/// The settings of a transaction that a government begins for itself, as
/// `dialect::set_tenant_context` makes them later in one: text that PostgreSQL takes in one message with
/// the BEGIN. Nothing can be bound in such a message, so a key that has anything but letters, digits and
/// hyphens is refused.
pub(crate) fn of(tenant: &str) -> Result<String, String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if tenant.is_empty() || !tenant.bytes().all(plain) {
        return Err(format!("{tenant:?} is not the key of a government"));
    }
    Ok(format!(
        "SET LOCAL app.tenant_id = '{tenant}'; SET LOCAL app.actor_tenant = '{tenant}'; \
         SET LOCAL app.case_id = ''; SET LOCAL app.acts = ''"
    ))
}
