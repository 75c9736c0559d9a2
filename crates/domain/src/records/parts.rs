//! Parts that several kinds have.

use crate::catalogs::Catalog;
use crate::refusal::Checks;
use crate::wording;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How an office is reached: the office, not a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfficeContact)]
pub struct Contact {
    /// Its postal address.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub address: Option<String>,
    /// Its telephone number.
    #[serde(default)]
    #[schema(max_length = 60)]
    pub phone: Option<String>,
    /// Its e-mail address.
    #[serde(default)]
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// Its page, with `https://`.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub url: Option<String>,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// How much, in the minor unit of the currency: centavos of a peso.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub minor_units: i64,
    /// ISO 4217: a key of `/v1/catalogs/currencies`.
    #[schema(pattern = "^[A-Z]{3}$", example = "MXN")]
    pub currency: String,
}

/// The most that an amount may be: ten million million pesos.
const MAX_MINOR_UNITS: i64 = 1_000_000_000_000_000;

impl Checks {
    /// Requires a contact that can be used.
    pub(super) fn contact(&mut self, pointer: &str, contact: Option<&Contact>) {
        let Some(contact) = contact else { return };
        let at = |name: &str| format!("{pointer}/{name}");
        self.optional_text(&at("address"), contact.address.as_deref(), 500);
        self.optional_text(&at("phone"), contact.phone.as_deref(), 60);
        self.email(&at("email"), contact.email.as_deref());
        self.url(&at("url"), contact.url.as_deref());
    }

    /// Requires something that looks like an e-mail address.
    pub(super) fn email(&mut self, pointer: &str, email: Option<&str>) {
        self.optional_text(pointer, email, 254);
        let Some(email) = email else { return };
        let right = email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if !right || email.contains(char::is_whitespace) {
            self.add(pointer, "malformed", wording::records::email());
        }
    }

    /// Requires an address of the web.
    pub(super) fn url(&mut self, pointer: &str, url: Option<&str>) {
        self.optional_text(pointer, url, 500);
        let Some(url) = url else { return };
        let rest = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"));
        let right = rest.is_some_and(|rest| rest.contains('.') && !rest.starts_with('.'));
        if !right || url.contains(char::is_whitespace) {
            self.add(pointer, "malformed", wording::records::url());
        }
    }

    /// Requires an amount of money that can be.
    pub(super) fn money(&mut self, pointer: &str, money: Option<&Money>) {
        let Some(money) = money else { return };
        self.amount(&format!("{pointer}/minor_units"), money.minor_units);
        self.currency(&format!("{pointer}/currency"), &money.currency);
    }

    /// Requires a number of minor units that can be.
    pub(super) fn amount(&mut self, pointer: &str, minor_units: i64) {
        if !(0..=MAX_MINOR_UNITS).contains(&minor_units) {
            let said = wording::requests::number_between(0, MAX_MINOR_UNITS);
            self.add(pointer, "out_of_range", said);
        }
    }

    /// Requires a currency in use.
    pub(super) fn currency(&mut self, pointer: &str, code: &str) {
        self.key(pointer, Catalog::Currencies, code);
    }

    /// Requires a number in a range.
    pub(super) fn within(&mut self, pointer: &str, value: i64, from: i64, to: i64) {
        if !(from..=to).contains(&value) {
            let said = wording::requests::number_between(from, to);
            self.add(pointer, "out_of_range", said);
        }
    }
}
