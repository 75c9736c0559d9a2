//! Parameters whose values are keys of a catalogue. A name means the same in every operation, so
//! the name alone says which catalogue it is.

use serde_json::json;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::schema::{ArrayItems, ObjectBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use vinculo_domain::Tier;
use vinculo_domain::catalogs::{self, Catalog};

/// Where the keys that a parameter takes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// In a catalogue that comes with the program.
    Catalog(Catalog),
    /// Among the governments, all or those of one order; the store has them.
    Governments(Option<Tier>),
}

const KEYED: [(&str, Keys); 12] = [
    ("country", Keys::Catalog(Catalog::Countries)),
    ("language", Keys::Catalog(Catalog::Languages)),
    ("sdg", Keys::Catalog(Catalog::SdgTargets)),
    ("theme", Keys::Catalog(Catalog::Themes)),
    ("seeks", Keys::Catalog(Catalog::Themes)),
    ("offers", Keys::Catalog(Catalog::Themes)),
    ("state", Keys::Governments(Some(Tier::State))),
    ("municipality", Keys::Governments(Some(Tier::Municipality))),
    ("government", Keys::Governments(None)),
    ("for", Keys::Governments(None)),
    ("owner", Keys::Governments(None)),
    ("on_behalf_of", Keys::Governments(None)),
];

/// The schemas of the keys that parameters take.
const SCHEMAS: [(Catalog, &str); 4] = [
    (Catalog::Countries, "CountryKey"),
    (Catalog::Languages, "LanguageKey"),
    (Catalog::SdgTargets, "SdgKey"),
    (Catalog::Themes, "ThemeKey"),
];

/// The extension of a parameter or a schema that says where its keys are listed, with their labels.
pub const EXTENSION: &str = "x-catalog";

/// The catalogue of a parameter, by its name.
pub fn of(parameter: &str) -> Option<Keys> {
    let mut keyed = KEYED.iter();
    keyed
        .find(|(name, _)| *name == parameter)
        .map(|(_, keys)| *keys)
}

impl Keys {
    /// Where the keys are listed.
    pub fn address(self) -> String {
        match self {
            Self::Catalog(catalog) => catalog.address(),
            Self::Governments(None) => "/v1/governments".to_owned(),
            Self::Governments(Some(tier)) => {
                let tier: &str = tier.into();
                format!("/v1/governments?tier={tier}")
            }
        }
    }
}

/// A parameter as the document describes it: with the keys that it takes, or where they are.
pub fn described(mut parameter: Parameter) -> Parameter {
    let Some(keys) = of(&parameter.name) else {
        return parameter;
    };
    let extensions = ExtensionsBuilder::new().add(EXTENSION, json!(keys.address()));
    parameter.extensions = Some(extensions.build());
    if let Keys::Catalog(catalog) = keys
        && let Some(name) = schema_name(catalog)
    {
        let key = Ref::from_schema_name(name).into();
        match &mut parameter.schema {
            Some(RefOr::T(Schema::Array(list))) => {
                list.items = ArrayItems::RefOrSchema(Box::new(key));
            }
            schema => *schema = Some(key),
        }
    }
    parameter
}

/// The keys that the value of a parameter gives: several, separated by commas, where the parameter
/// is a list.
pub fn given<'v>(declared: &[Parameter], name: &str, value: &'v str) -> Vec<&'v str> {
    let mut named = declared.iter().filter(|parameter| parameter.name == name);
    let is_list = named.any(|one| matches!(one.schema, Some(RefOr::T(Schema::Array(_)))));
    if is_list {
        value.split(',').collect()
    } else {
        vec![value]
    }
}

fn schema_name(catalog: Catalog) -> Option<&'static str> {
    let mut schemas = SCHEMAS.iter();
    let found = schemas.find(|(known, _)| *known == catalog);
    found.map(|(_, name)| *name)
}

/// The schemas of the catalogues that parameters take keys of.
pub fn schemas() -> impl Iterator<Item = (String, RefOr<Schema>)> {
    let schemas = SCHEMAS.iter();
    schemas.map(|(catalog, name)| ((*name).to_owned(), schema(*catalog)))
}

fn schema(catalog: Catalog) -> RefOr<Schema> {
    let codes = catalogs::entries(catalog).iter().map(|entry| &*entry.code);
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(format!("A key of `{}`.", catalog.address())))
        .enum_values(Some(codes))
        .extensions(Some(
            ExtensionsBuilder::new()
                .add(EXTENSION, json!(catalog.address()))
                .build(),
        ))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use utoipa::openapi::path::ParameterBuilder;
    use utoipa::openapi::schema::ArrayBuilder;
    use vinculo_domain::catalogs::entries;

    #[test]
    fn a_key_is_a_key_of_its_catalogue() {
        assert_eq!(of("country"), Some(Keys::Catalog(Catalog::Countries)));
        assert_eq!(of("q"), None);
        let state = of("state").unwrap();
        assert_eq!(state.address(), "/v1/governments?tier=state");
        for (name, keys) in KEYED {
            let known = match keys {
                Keys::Catalog(catalog) => {
                    entries(catalog).len() > 1 && schema_name(catalog).is_some()
                }
                Keys::Governments(_) => keys.address().starts_with("/v1/governments"),
            };
            assert!(known, "{name}");
        }
        assert_eq!(schemas().count(), 4);
    }

    #[test]
    fn a_list_gives_each_of_its_keys() {
        let parameter =
            |schema: Schema| ParameterBuilder::new().name("country").schema(Some(schema));
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let one = described(parameter(text().into()).build());
        assert_eq!(given(&[one], "country", "JP,KR"), ["JP,KR"]);
        let several = described(parameter(ArrayBuilder::new().items(text()).into()).build());
        let items = json!({"$ref": "#/components/schemas/CountryKey"});
        assert_eq!(json!(several.schema)["items"], items);
        assert_eq!(given(&[several], "country", "JP,KR"), ["JP", "KR"]);
    }
}
