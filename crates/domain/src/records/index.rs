//! What a kind says of one of its records: by what it is found, summed, recognised and shared, and
//! what else it names.

use crate::legal_date::LegalDate;
use crate::tenant::TenantId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// By what a record is found, summed, recognised and shared. Nothing here may come from a personal
/// field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Index {
    /// Values of its filters.
    pub facets: Vec<(&'static str, String)>,
    /// What is summed.
    pub amounts: Vec<Amount>,
    /// Since when it is, where a field of its own says so better than `starts_on`.
    pub since: Option<LegalDate>,
    /// Texts by whose words it is found, besides its title.
    pub texts: Vec<String>,
    /// What only one record of its owner and kind may have.
    pub unique: Option<String>,
    /// People who may read it and, where the access class says so, write what belongs to it.
    pub members: Vec<Uuid>,
    /// The record that it belongs to: the people whom that one names are its people too.
    pub within: Option<Uuid>,
    /// The government that is asked, and the field that names it.
    pub asks: Option<(&'static str, TenantId)>,
    /// Until which day an answer is of use, where one is asked for.
    pub due_on: Option<LegalDate>,
}

impl Index {
    /// Adds a value of a filter, if there is one.
    pub fn facet(&mut self, name: &'static str, value: Option<impl ToString>) {
        self.facets
            .extend(value.map(|value| (name, value.to_string())));
    }

    /// Adds a text by whose words it is found, if there is one.
    pub fn text(&mut self, text: Option<&str>) {
        self.texts.extend(text.map(str::to_owned));
    }
}

/// A number that is summed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// What it counts.
    pub name: &'static str,
    /// In what: an ISO 4217 currency, in its minor unit.
    pub unit: String,
    /// For which year.
    pub year: i32,
    /// How much.
    pub value: i64,
}

/// The sum of a number over records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RecordSum)]
pub struct Sum {
    /// What is summed.
    #[schema(example = "approved")]
    pub name: String,
    /// In what: an ISO 4217 currency, in its minor unit.
    #[schema(example = "MXN")]
    pub unit: String,
    /// For which year.
    pub year: i32,
    /// How much: at most 9223372036854775807.
    pub value: i64,
}

/// What a record names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// An agreement to which the writer has access.
    Agreement(Uuid),
    /// A counterpart to which the writer has access.
    Counterpart(Uuid),
    /// A document of an agreement to which the writer has access.
    Document(Uuid),
    /// A government.
    Government(TenantId),
    /// A body of a government.
    Body(Uuid),
    /// A person of the writer's government.
    Person(Uuid),
    /// A record of this kind to which the writer has access.
    Record(&'static str, Uuid),
    /// A record of this kind of the writer's government.
    OwnRecord(&'static str, Uuid),
}

impl Target {
    /// The id, as text.
    pub fn id(&self) -> String {
        match self {
            Self::Government(tenant) => tenant.to_string(),
            Self::Agreement(id)
            | Self::Counterpart(id)
            | Self::Document(id)
            | Self::Body(id)
            | Self::Person(id)
            | Self::Record(_, id)
            | Self::OwnRecord(_, id) => id.to_string(),
        }
    }
}

/// Something that a record names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The name of the link: a filter of the list where it can be asked for.
    pub name: &'static str,
    /// Where it stands in the body.
    pub pointer: String,
    /// What it names.
    pub target: Target,
}

/// The links of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links(pub Vec<Link>);

impl Links {
    /// Adds one that stands in a field of its name, if it is there.
    pub fn one<T>(&mut self, name: &'static str, id: Option<T>, target: impl Fn(T) -> Target) {
        self.0.extend(id.map(|id| Link {
            name,
            pointer: format!("/{name}"),
            target: target(id),
        }));
    }

    /// Adds one that stands elsewhere, if it is there.
    pub fn at<T>(
        &mut self,
        name: &'static str,
        pointer: String,
        id: Option<T>,
        target: impl Fn(T) -> Target,
    ) {
        self.0.extend(id.map(|id| Link {
            name,
            pointer,
            target: target(id),
        }));
    }

    /// Adds those that stand in a list; `field` is the list's, `name` that of one.
    pub fn many<T: Clone>(
        &mut self,
        (field, name): (&'static str, &'static str),
        ids: &[T],
        target: impl Fn(T) -> Target,
    ) {
        let ids = ids.iter().enumerate();
        self.0.extend(ids.map(|(i, id)| Link {
            name,
            pointer: format!("/{field}/{i}"),
            target: target(id.clone()),
        }));
    }
}
