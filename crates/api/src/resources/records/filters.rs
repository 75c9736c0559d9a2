//! The filters of the lists of records: those of every kind, and what a kind declares.

use crate::keys;
use crate::labels::schema_of;
use crate::params::{Instant, typed, wrong};
use serde::Deserialize;
use serde_json::json;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{
    ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type,
};
use utoipa::openapi::{Ref, RefOr, Required};
use uuid::Uuid;
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::limits::{MAX_PARAMETER_VALUE, MAX_PARAMETER_VALUES};
use vinculo_domain::records::{Kind, RecordStatus, Values};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::stores::records::{RecordFilter, RecordSort};

/// What a filter takes, and how the document says it.
enum Takes {
    Status(&'static [RecordStatus]),
    /// Keys of a parameter whose name says which.
    Key,
    Id,
    Words(Catalog),
    Truth,
    Year,
}

/// The orders of a list.
const SORTS: [(&str, RecordSort); 3] = [
    ("title", RecordSort::Title),
    ("-updated_at", RecordSort::Newest),
    ("updated_at", RecordSort::Oldest),
];

#[derive(Deserialize)]
struct Since {
    updated_since: Option<Instant>,
}

/// The filters that every list of records has, besides the status, which takes the words of its kind.
const COMMON: [(&str, &str, Takes); 8] = [
    ("owner", "Of one of these governments.", Takes::Key),
    (
        "state",
        "Of governments of one of these states, and of the states themselves.",
        Takes::Key,
    ),
    (
        "government",
        "Concerning one of these governments, besides their owners.",
        Takes::Key,
    ),
    ("theme", "With one of these themes.", Takes::Key),
    (
        "country",
        "Concerning one of these countries, ISO 3166-1 alpha-2.",
        Takes::Key,
    ),
    ("year", "Beginning in one of these years.", Takes::Year),
    (
        "agreement_id",
        "Belonging to one of these agreements.",
        Takes::Id,
    ),
    (
        "counterpart_id",
        "Concerning one of these counterparts.",
        Takes::Id,
    ),
];

fn of_kind(kind: &Kind) -> impl Iterator<Item = (&'static str, &'static str, Takes)> {
    let own = kind.spec.filters.iter().map(|filter| {
        let takes = match filter.values {
            Values::Catalog(_) if keys::of(filter.name).is_some() => Takes::Key,
            Values::Catalog(catalog) => Takes::Words(catalog),
            Values::Record(_) => Takes::Id,
            Values::Truth => Takes::Truth,
            Values::Year => Takes::Year,
        };
        (filter.name, filter.says, takes)
    });
    let status = Takes::Status(kind.spec.statuses);
    let status = ("status", "In one of these statuses.", status);
    [status].into_iter().chain(COMMON).chain(own)
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn schema(takes: &Takes) -> RefOr<Schema> {
    match takes {
        Takes::Status(statuses) => {
            let words = statuses.iter().map(|status| status.word());
            let labels = Catalog::RecordStatuses.address();
            let labels = ExtensionsBuilder::new().add(keys::EXTENSION, json!(labels));
            let words = text().enum_values(Some(words));
            words.extensions(Some(labels.build())).into()
        }
        Takes::Key => text().into(),
        Takes::Id => text()
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
            .into(),
        Takes::Words(catalog) => {
            if let Some(name) = schema_of(*catalog) {
                return Ref::from_schema_name(name).into();
            }
            let codes = catalogs::entries(*catalog).iter().map(|entry| &*entry.code);
            text().enum_values(Some(codes)).into()
        }
        Takes::Truth => ObjectBuilder::new().schema_type(Type::Boolean).into(),
        Takes::Year => ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1800))
            .maximum(Some(2200))
            .into(),
    }
}

fn parameter(name: &str, says: &str, schema: RefOr<Schema>) -> Parameter {
    let built = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(says))
        .schema(Some(schema))
        .build();
    keys::described(built)
}

/// The parameters of the list of a kind, besides those of every list.
pub(super) fn parameters(kind: &Kind) -> Vec<Parameter> {
    let several = |takes: &Takes| match takes {
        Takes::Truth => schema(takes),
        takes => ArrayBuilder::new().items(schema(takes)).into(),
    };
    let mut found: Vec<Parameter> = of_kind(kind)
        .map(|(name, says, takes)| parameter(name, says, several(&takes)))
        .collect();
    let says = "Known elsewhere under this id: `system:value`.";
    let of_system = text()
        .pattern(Some("^[^:]+:."))
        .examples([json!("siga-jalisco:R-17")]);
    found.push(parameter("external_id", says, of_system.into()));
    let says = "Beginnings of words of the title, without regard to accents and capitals.";
    let words = text().min_length(Some(1)).max_length(Some(200));
    found.push(parameter("q", says, words.into()));
    let says = "Changed at this instant or later.";
    let instant = text()
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .examples([json!("2026-11-20T18:00:00Z")]);
    found.push(parameter("updated_since", says, instant.into()));
    let says = "The order: by title, or by the last change.";
    let order = text()
        .enum_values(Some(SORTS.map(|(word, _)| word)))
        .default(Some(json!("title")));
    found.push(parameter("sort", says, order.into()));
    found
}

/// The filter that the parameters ask for. Every parameter that is wrong is named.
pub(super) fn read(kind: &Kind, pairs: &[(String, String)]) -> Result<RecordFilter> {
    let mut filter = RecordFilter::default();
    let mut refused: Option<Refusal> = None;
    for pair in pairs {
        let Err(refusal) = take(kind, pair, &mut filter) else {
            continue;
        };
        match &mut refused {
            Some(refused) => refused.errors.extend(refusal.errors),
            None => refused = Some(refusal),
        }
    }
    refused.map_or(Ok(filter), Err)
}

/// Takes one parameter into the filter.
fn take(kind: &Kind, pair: &(String, String), filter: &mut RecordFilter) -> Result<()> {
    let (name, value) = pair;
    match name.as_str() {
        "q" => filter.q = Some(value.clone()),
        "updated_since" => {
            let since = typed::<Since>(std::slice::from_ref(pair))?.updated_since;
            filter.updated_since = since.map(|Instant(at)| at);
        }
        "sort" => {
            let known = SORTS.into_iter().find(|(word, _)| word == value);
            let (_, sort) = known.ok_or_else(|| wrong(name))?;
            filter.sort = sort;
        }
        "external_id" => {
            filter.external_id = crate::resources::counterparts::external_id(Some(value.clone()))?;
        }
        _ => {
            let declared = of_kind(kind).find(|(known, ..)| known == name);
            if let Some((name, _, takes)) = declared {
                filter.facets.push((name, values(name, value, &takes)?));
            }
        }
    }
    Ok(())
}

fn values(name: &str, value: &str, takes: &Takes) -> Result<Vec<String>> {
    let parts: Vec<&str> = match takes {
        Takes::Truth => vec![value],
        _ => value.split(',').collect(),
    };
    let fits = |part: &&str| match takes {
        Takes::Status(statuses) => statuses.iter().any(|status| status.word() == *part),
        Takes::Key => true,
        Takes::Id => Uuid::try_parse(part).is_ok_and(|id| id.to_string() == **part),
        Takes::Words(catalog) => catalogs::contains(*catalog, part),
        Takes::Truth => matches!(*part, "true" | "false"),
        Takes::Year => part
            .parse::<u32>()
            .is_ok_and(|year| (1800..=2200).contains(&year) && part.len() == 4),
    };
    let short = |part: &&str| !part.is_empty() && part.chars().count() <= MAX_PARAMETER_VALUE;
    if parts.len() > MAX_PARAMETER_VALUES || !parts.iter().all(|part| short(part) && fits(part)) {
        return Err(wrong(name));
    }
    let mut values: Vec<String> = parts.into_iter().map(str::to_owned).collect();
    values.sort();
    values.dedup();
    Ok(values)
}
