//! One page of a list, always bounded and always by key, never by offset.

use serde::Serialize;
use utoipa::ToSchema;

/// The most items that one page may hold.
pub const MAX_LIMIT: i64 = 200;
/// The items of a page when the caller names no number.
pub const DEFAULT_LIMIT: i64 = 50;

/// Where a page starts: just after this sort value and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// The last item's value in the sorted column, as text.
    pub key: String,
    /// The last item's id, which settles ties.
    pub id: String,
}

/// What the caller asked for.
#[derive(Debug, Clone)]
pub struct PageRequest {
    /// How many, 1 to [`MAX_LIMIT`].
    pub limit: i64,
    /// Where to go on; the beginning when absent.
    pub after: Option<After>,
    /// Whether to count the whole list too.
    pub count: bool,
}

/// One page. `T` carries its own sort key through `after`.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The items, in order.
    pub items: Vec<T>,
    /// Where the next page starts; absent on the last.
    pub next: Option<After>,
    /// The length of the whole list, where asked for.
    pub total: Option<i64>,
}

impl<T> Page<T> {
    /// Cuts `rows`, read with a limit of one more than asked, to a page.
    pub fn cut(mut rows: Vec<T>, limit: i64, key: impl Fn(&T) -> After) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(key) } else { None };
        Self {
            items: rows,
            next,
            total: None,
        }
    }

    /// The same page of other items, made of all at once.
    pub fn try_replace<U, E>(
        self,
        f: impl FnOnce(Vec<T>) -> Result<Vec<U>, E>,
    ) -> Result<Page<U>, E> {
        Ok(Page {
            items: f(self.items)?,
            next: self.next,
            total: self.total,
        })
    }

    /// The same page of other items.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(f).collect(),
            next: self.next,
            total: self.total,
        }
    }
}

/// A list as it is answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// Send it back as `cursor` for the next page; `null` on the last.
    pub next_cursor: Option<String>,
    /// The length of the whole list, where `count=true` was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}
