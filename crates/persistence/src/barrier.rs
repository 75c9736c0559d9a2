//! The application's own barrier between governments, in one place: every query that starts from
//! what one government owns, sees or did is narrowed by [`tenant_eq`]. On PostgreSQL row-level
//! security is a second barrier (migration 0002). The tests switch off one to prove that the other
//! holds.

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
pub(crate) fn tenant_eq<C>(column: C, government: &str) -> TenantEq<C>
where
    C: Column + Expression<SqlType = Text>,
{
    TenantEq {
        equality: column.eq(government.to_owned()),
        dropped: faults::drops(std::any::type_name::<C>()),
    }
}

/// The condition that [`tenant_eq`] makes.
#[derive(Clone)]
pub(crate) struct TenantEq<C: Expression<SqlType = Text>> {
    equality: Eq<C, String>,
    dropped: bool,
}

impl<C: Expression<SqlType = Text>> Expression for TenantEq<C> {
    type SqlType = Bool;
}

impl<C, QS> AppearsOnTable<QS> for TenantEq<C>
where
    C: Expression<SqlType = Text>,
    Eq<C, String>: AppearsOnTable<QS>,
{
}

impl<C, QS> SelectableExpression<QS> for TenantEq<C>
where
    C: Expression<SqlType = Text>,
    Eq<C, String>: SelectableExpression<QS>,
{
}

impl<C: Expression<SqlType = Text>> ValidGrouping<()> for TenantEq<C> {
    type IsAggregate = is_aggregate::No;
}

impl<C: Expression<SqlType = Text>> QueryId for TenantEq<C> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, DB> QueryFragment<DB> for TenantEq<C>
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
