//! Names that may be those of one counterpart: an office writes `Lyon`, another one `Ciudad de Lyon`,
//! `Lyon, Ródano` or `Lyon (Francia)`.

use crate::gazetteer::{CountryMatch, find_country};
use crate::text::{compact, fold};

/// What may stand before the name of a city, folded. Words for a region are not among them: the
/// province of Buenos Aires is not the city.
const CITIES: [&str; 20] = [
    "ajuntament de ",
    "alcaldia de ",
    "ayuntamiento de ",
    "cd de ",
    "cd ",
    "cidade de ",
    "citta di ",
    "city of ",
    "ciudad de ",
    "commune de ",
    "comune di ",
    "gobierno municipal de ",
    "la ciudad de ",
    "municipality of ",
    "municipalidad de ",
    "municipio de ",
    "stadt ",
    "the city of ",
    "town of ",
    "ville de ",
];

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartnerName {
    whole: String,
    place: String,
    /// What stands behind a comma or in brackets, without its country.
    region: String,
}

impl PartnerName {
    pub(crate) fn new(name: &str) -> Self {
        let mut parts = name.split([',', '(', ')']);
        let folded = fold(parts.next().unwrap_or_default());
        let city = CITIES.iter().find_map(|words| folded.strip_prefix(words));
        let whole = compact(name);
        let place = match compact(city.unwrap_or(&folded)) {
            none if none.is_empty() => whole.clone(),
            place => place,
        };
        let region = parts
            .filter(|part| find_country(part) == CountryMatch::None)
            .map(compact)
            .collect();
        Self {
            whole,
            place,
            region,
        }
    }

    /// Without what stands before and behind the name of the place.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// Whether it is the same name, however it is typed.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.whole == other.whole
    }

    /// Whether it may be the name of the same counterpart: the place is the same, and no region tells
    /// it from the other one.
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        let unsaid = self.region.is_empty() || other.region.is_empty();
        let regions = unsaid || self.region == other.region;
        self.is(other) || (self.place == other.place && regions)
    }
}

#[cfg(test)]
mod tests {
    use super::PartnerName;

    #[test]
    fn city_region_and_country_make_no_other_partner() {
        let may_be =
            |one: &str, other: &str| PartnerName::new(one).may_be(&PartnerName::new(other));
        for other in [
            "Lyon",
            "LYON",
            "Ciudad de Lyon",
            "Ville de Lyon",
            "Municipio de Lyon",
            "Lyon, Ródano",
            "Lyon (Francia)",
            "Ciudad de Lyon, Ródano, Francia",
        ] {
            assert!(may_be("Lyon", other), "{other}");
            assert!(may_be(other, "Lyon (Francia)"), "{other}");
        }
        for (one, other) in [
            ("San Antonio, Texas", "San Antonio, Florida"),
            ("Buenos Aires", "Provincia de Buenos Aires"),
            ("Lyon", "Lyons"),
            ("Burdeos", "Comunidad Urbana de Burdeos"),
            ("Kansas City", "Kansas"),
            (", Texas", ", Florida"),
        ] {
            assert!(!may_be(one, other), "{one} {other}");
            assert!(!may_be(other, one), "{other} {one}");
        }
    }
}
