//! Governments that a request names: whether there are any, and which there are instead. The
//! catalogue of governments is public, so this tells nobody anything.

use crate::conn::{Conn, MultiBackend};
use crate::failure::Outcome;
use crate::schema::governments;
use crate::tx::{ReadTx, WriteTx};
use diesel::prelude::*;
use vinculo_domain::limits::MAX_ADMITTED;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, TenantId, Tier};

/// A government that a parameter of a request names.
#[derive(Debug, Clone)]
pub struct NamedGovernment {
    /// The parameter.
    pub parameter: String,
    /// The key that it gives.
    pub id: TenantId,
    /// The only order of government that it takes, if it takes only one.
    pub tier: Option<Tier>,
}

/// Refuses parameters that name no government, today's or an earlier one, of the order that they
/// take (400 `invalid_parameter`).
pub fn require_named(tx: &mut ReadTx<'_>, named: &[NamedGovernment]) -> Outcome<()> {
    check(tx.conn, named)
}

/// The same before a change.
pub fn require_named_to_write(tx: &mut WriteTx<'_>, named: &[NamedGovernment]) -> Outcome<()> {
    check(tx.conn, named)
}

fn check(conn: &mut Conn, named: &[NamedGovernment]) -> Outcome<()> {
    if named.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = named.iter().map(|one| one.id.as_str()).collect();
    let known: Vec<(String, String)> = governments::table
        .filter(governments::id.eq_any(ids))
        .select((governments::id, governments::tier))
        .load(conn)?;
    let is_known = |one: &NamedGovernment| {
        let tier = one.tier.map(<&'static str>::from);
        known.iter().any(|(id, known_tier)| {
            id == one.id.as_str() && tier.is_none_or(|tier| tier == known_tier)
        })
    };
    let mut checks = Checks::default();
    for one in named {
        // Of several unknown keys in one parameter, one refusal says enough.
        let said = |error: &FieldError| error.pointer == one.parameter;
        if !is_known(one) && !checks.0.iter().any(said) {
            checks.push(unknown(conn, &one.parameter, "invalid_value", one.tier)?);
        }
    }
    Ok(checks.finish(Problem::InvalidParameter)?)
}

/// The error of a key in a body that is no government's, or none of this order.
pub(crate) fn unknown_key(
    conn: &mut Conn,
    pointer: &str,
    tier: Option<Tier>,
) -> Outcome<FieldError> {
    unknown(conn, pointer, "unknown_key", tier)
}

/// The same as a refusal of its own.
pub(crate) fn refuse_key(conn: &mut Conn, pointer: &str, tier: Option<Tier>) -> Outcome<()> {
    Err(Refusal::from(unknown_key(conn, pointer, tier)?).into())
}

fn unknown(
    conn: &mut Conn,
    pointer: &str,
    code: &'static str,
    tier: Option<Tier>,
) -> Outcome<FieldError> {
    let said = match tier {
        Some(Tier::State) => wording::governments::key_of_state(),
        Some(Tier::Municipality) => wording::governments::key_of_municipality(),
        _ => wording::governments::key_of_government(),
    };
    Ok(FieldError::new(pointer, code, said).admitting(admitted(conn, tier)?))
}

/// The keys of the governments of today, in their order.
fn admitted(conn: &mut Conn, tier: Option<Tier>) -> Outcome<Admitted> {
    let mut query = governments::table
        .filter(governments::valid_to.is_null())
        .into_boxed::<MultiBackend>();
    let mut list = "/v1/governments".to_owned();
    if let Some(tier) = tier {
        let tier: &'static str = tier.into();
        query = query.filter(governments::tier.eq(tier));
        list = format!("{list}?tier={tier}");
    }
    let most = i64::try_from(MAX_ADMITTED).unwrap_or(i64::MAX);
    let ids: Vec<String> = query
        .order(governments::id)
        .limit(most.saturating_add(1))
        .select(governments::id)
        .load(conn)?;
    Ok(Admitted::of(ids).at(list))
}
