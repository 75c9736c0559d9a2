//! Facets: by what records are listed, filtered, found by word and counted.
//!
//! A record has one row for each viewer and facet. A viewer is a government (the owner, or one with
//! which the record is shared) or everybody for whom its visibility is meant. A list is one equality
//! on viewer and facet, in the order of the sort key: no list compares the owners of records.

use super::{By, Content, Index, RecordStatus, exchanges};
use crate::counterparts::Visibility;
use crate::tenant::TenantId;
use crate::text;
use chrono::{DateTime, Datelike, SecondsFormat, Utc};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The longest sort key, in characters. Longer titles that begin alike are in the order of their ids.
const MAX_SORT_KEY: usize = 120;

/// Names whose values are words of texts or moments.
const UNCOUNTED: [&str; 6] = ["answer", "changed", "close", "other", "told", "word"];

/// By what the records of a list are sorted: the title, folded.
pub fn sort_key(title: &str) -> String {
    text::fold(title).chars().take(MAX_SORT_KEY).collect()
}

/// The month of an instant, as the facet of freshness has it.
pub fn month(at: DateTime<Utc>) -> String {
    format!("{:04}-{:02}", at.year(), at.month())
}

/// By what a list is sorted that follows changes: the instant of the last one, as text of one length.
pub fn change_key(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// One row of the index: a viewer finds a record under a facet, at a place in the order of its lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FacetRow {
    /// A government, or everybody for whom a visibility is meant.
    pub viewer: String,
    /// The facet.
    pub facet: String,
    /// The title folded, or the instant of the last change.
    pub sort_key: String,
}

/// Who finds a record: a viewer, or of a viewer's people those of one group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Space {
    /// A government, or `visibility:` and for whom.
    pub viewer: String,
    /// A person whom the record names, or the record that it belongs to: only these people of the
    /// viewer find it here.
    pub group: Option<Uuid>,
}

impl Space {
    /// Everything that a government's readers find as theirs.
    pub fn of(tenant: &TenantId) -> Self {
        Self {
            viewer: tenant.to_string(),
            group: None,
        }
    }

    /// What everybody finds for whom a visibility is meant.
    pub fn visible(visibility: Visibility) -> Self {
        let word: &str = visibility.into();
        Self {
            viewer: format!("visibility:{word}"),
            group: None,
        }
    }

    /// What only one group of a government's people finds.
    pub fn within(tenant: &TenantId, group: Uuid) -> Self {
        Self {
            group: Some(group),
            ..Self::of(tenant)
        }
    }
}

/// A value under which records of a kind are found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facet(pub String);

impl Facet {
    /// The key of a facet: the kind, the group if it is one's, the name and the value.
    pub fn of(kind: &str, group: Option<Uuid>, name: &str, value: &str) -> Self {
        let group = group.map(|id| format!("@{id}")).unwrap_or_default();
        Self(format!("{kind}{group}:{name}={value}"))
    }

    /// All records of a kind.
    pub fn all(kind: &str, group: Option<Uuid>) -> Self {
        Self::of(kind, group, "all", "")
    }

    /// All records of a kind, in the order of their last changes.
    pub fn changed(kind: &str, group: Option<Uuid>) -> Self {
        Self::of(kind, group, "changed", "")
    }

    /// That a person is named by the record, whatever its visibility.
    pub fn named(kind: &str, person: Uuid) -> Self {
        Self::of(kind, Some(person), "named", "")
    }

    /// The facets of a word that begins with `word`: from the first to the one behind the last.
    pub fn words(kind: &str, group: Option<Uuid>, word: &str) -> (Self, Self) {
        let end = text::prefix_end(word);
        let of = |word: &str| Self::of(kind, group, "word", word);
        (of(word), of(&end))
    }

    /// The facets of every value of a name: from the first to the one behind the last.
    pub fn values(kind: &str, group: Option<Uuid>, name: &str) -> (Self, Self) {
        let first = Self::of(kind, group, name, "");
        let end = text::prefix_end(&first.0);
        (first, Self(end))
    }

    /// The facets of a name from this value on, in the order of the values.
    pub fn from(kind: &str, group: Option<Uuid>, name: &str, value: &str) -> (Self, Self) {
        let (_, end) = Self::values(kind, group, name);
        (Self::of(kind, group, name, value), end)
    }

    /// Whether the database counts the records under each value of a name: not what identifies one
    /// record or one moment, and not what only a group finds. Migration 0025 says the same in SQL.
    pub fn is_counted(group: Option<Uuid>, name: &str) -> bool {
        group.is_none() && !name.ends_with("_id") && !UNCOUNTED.contains(&name)
    }

    /// The value of a facet.
    pub fn value(&self) -> &str {
        self.0.split_once('=').map_or("", |(_, value)| value)
    }
}

/// What is known of a record besides its content.
#[derive(Debug, Clone)]
pub struct Facets<'c> {
    /// The content.
    pub content: &'c Content,
    /// The owner.
    pub owner: &'c TenantId,
    /// The owner's state; the owner itself where it has none.
    pub state: &'c TenantId,
    /// The status.
    pub status: RecordStatus,
    /// When it was last said to be right.
    pub confirmed_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// Since when it has the status.
    pub since: DateTime<Utc>,
}

impl Facets<'_> {
    /// Who sees the record as a whole government: its owner, those for whom its visibility is meant,
    /// and those with which it is shared and who would not see it otherwise.
    pub fn spaces(&self) -> BTreeSet<Space> {
        let mut spaces = BTreeSet::from([Space::of(self.owner)]);
        if self.content.kind.spec.kept.contains(&self.status) {
            return spaces;
        }
        let visibility = self.content.visibility();
        if visibility != Visibility::Private {
            spaces.insert(Space::visible(visibility));
        }
        spaces.extend(self.shared().map(Space::of));
        spaces
    }

    /// The governments with which it is shared, whatever its status; the one that is asked is among
    /// them.
    pub fn shared(&self) -> impl Iterator<Item = &TenantId> {
        let visibility = self.content.visibility();
        let asked = self.content.index.asks.iter().map(|(_, tenant)| tenant);
        let shared = self
            .content
            .fields
            .shared_with
            .iter()
            .filter(move |one| match visibility {
                Visibility::Private => true,
                Visibility::Government => **one != TenantId::sre(),
                Visibility::Network | Visibility::Public => false,
            });
        shared.chain(asked).filter(|one| *one != self.owner)
    }

    /// The groups of people who see it although they are no readers of their government.
    fn groups(&self) -> BTreeSet<Space> {
        let Index {
            members,
            within,
            asks,
            ..
        } = &self.content.index;
        let mut groups = BTreeSet::new();
        for person in members {
            groups.insert(Space::within(self.owner, *person));
        }
        let asked = asks.iter().map(|(_, tenant)| tenant);
        for tenant in asked.chain([self.owner]) {
            groups.extend(within.map(|parent| Space::within(tenant, parent)));
        }
        groups
    }

    /// Name and value of each facet.
    fn values(&self) -> Vec<(&'static str, String)> {
        let fields = &self.content.fields;
        let status = self.status.word().to_owned();
        let month = month(self.confirmed_at);
        let mut values = vec![
            ("all", String::new()),
            ("status", status),
            ("owner", self.owner.to_string()),
            ("state", self.state.to_string()),
            ("confirmed", format!("{}/{month}", self.state)),
        ];
        let own = self.content.index.since.as_ref();
        let since = own.or(fields.starts_on.as_ref());
        let year = since.map(|date| date.earliest().year());
        values.extend(year.map(|year| ("year", year.to_string())));
        values.extend(fields.themes.iter().map(|key| ("theme", key.clone())));
        values.extend(fields.countries.iter().map(|key| ("country", key.clone())));
        let filters = self.content.kind.spec.filters;
        for link in &self.content.links {
            let common = ["agreement_id", "counterpart_id", "government", "body_id"];
            if common.contains(&link.name) || filters.iter().any(|one| one.name == link.name) {
                values.push((link.name, link.target.id()));
            }
        }
        values.extend(self.content.index.facets.iter().cloned());
        values.extend(self.words().into_iter().map(|word| ("word", word)));
        values.sort();
        values.dedup();
        values
    }

    /// What only one side of an exchange finds it by.
    fn turns(&self, viewer: &str) -> Vec<(&'static str, String)> {
        let index = &self.content.index;
        if index.asks.is_none() {
            return Vec::new();
        }
        let own = viewer == self.owner.as_str();
        let side = if own { By::Owner } else { By::Asked };
        exchanges::facets(self.status, index, self.since, side)
    }

    fn words(&self) -> Vec<String> {
        let mut text = self.content.fields.title.clone();
        for more in &self.content.index.texts {
            text.push(' ');
            text.push_str(more);
        }
        text::words(&text)
    }

    /// Every row.
    pub fn rows(&self) -> BTreeSet<FacetRow> {
        let kind = self.content.kind.spec.many;
        let title = sort_key(&self.content.fields.title);
        let changed = change_key(self.changed_at);
        let row = |viewer: &str, facet: Facet, sort_key: &str| FacetRow {
            viewer: viewer.to_owned(),
            facet: facet.0,
            sort_key: sort_key.to_owned(),
        };
        let mut rows = BTreeSet::new();
        for person in &self.content.index.members {
            let named = Facet::named(kind, *person);
            rows.insert(row(self.owner.as_str(), named, &title));
        }
        let mut spaces = self.spaces();
        // Whoever is no reader sees what is public anyway.
        let is_kept = self.content.kind.spec.kept.contains(&self.status);
        if is_kept || self.content.visibility() != Visibility::Public {
            spaces.extend(self.groups());
        }
        let values = self.values();
        for space in spaces {
            for (name, value) in values.iter().chain(&self.turns(&space.viewer)) {
                let facet = Facet::of(kind, space.group, name, value);
                rows.insert(row(&space.viewer, facet, &title));
            }
            let facet = Facet::changed(kind, space.group);
            rows.insert(row(&space.viewer, facet, &changed));
        }
        rows
    }
}
