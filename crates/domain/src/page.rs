//! One page of a list: always limited, and positioned by key, never by offset.

use serde::Serialize;
use utoipa::ToSchema;

/// Where a page starts: right after this sort value and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// The last item's value in the sorted column, as text.
    pub key: String,
    /// The last item's id, which decides between equal keys.
    pub id: String,
}

/// The requested page.
#[derive(Debug, Clone)]
pub struct PageRequest {
    /// The number of items, 1 to [`MAX_LIMIT`].
    pub limit: i64,
    /// Where to continue; the beginning if absent.
    pub after: Option<After>,
    /// Whether to count the whole list too.
    pub count: bool,
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The items, in order.
    pub items: Vec<T>,
    /// Where the next page starts; absent on the last.
    pub next: Option<After>,
    /// The length of the whole list, if requested.
    pub total: Option<i64>,
}

impl<T> Page<T> {
    /// Cuts `rows` to a page. They must be read with a limit of one more than requested.
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

    /// The same page with its items replaced, all in one call.
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

    /// The same page with each item replaced.
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
