//! The application's own barrier between governments, said once: whatever query starts from what
//! one government owns, sees or did is narrowed by [`whose`]. On PostgreSQL row-level security
//! stands behind it (migration 0002), and the tests drop either to see the other hold.

use diesel::backend::Backend;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::helper_types::Eq;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Bool, Text};
use vinculo_domain::faults;

/// Narrows a query to the rows whose `column` is this government.
pub(crate) fn whose<C>(column: C, government: &str) -> Whose<C>
where
    C: Column + Expression<SqlType = Text>,
{
    Whose {
        equality: column.eq(government.to_owned()),
        dropped: faults::drops(std::any::type_name::<C>()),
    }
}

/// The condition that [`whose`] makes.
#[derive(Clone)]
pub(crate) struct Whose<C: Expression<SqlType = Text>> {
    equality: Eq<C, String>,
    dropped: bool,
}

impl<C: Expression<SqlType = Text>> Expression for Whose<C> {
    type SqlType = Bool;
}

impl<C, QS> AppearsOnTable<QS> for Whose<C>
where
    C: Expression<SqlType = Text>,
    Eq<C, String>: AppearsOnTable<QS>,
{
}

impl<C, QS> SelectableExpression<QS> for Whose<C>
where
    C: Expression<SqlType = Text>,
    Eq<C, String>: SelectableExpression<QS>,
{
}

impl<C: Expression<SqlType = Text>> ValidGrouping<()> for Whose<C> {
    type IsAggregate = is_aggregate::No;
}

impl<C: Expression<SqlType = Text>> QueryId for Whose<C> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, DB> QueryFragment<DB> for Whose<C>
where
    DB: Backend,
    C: Expression<SqlType = Text>,
    Eq<C, String>: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.dropped {
            out.push_sql("1 = 1");
            Ok(())
        } else {
            self.equality.walk_ast(out)
        }
    }
}
