//! Columns chosen by a question. The query builder groups by columns known at compile time, and
//! these are known only at run time.

use crate::conn::MultiBackend;
use crate::schema::agreement_facts as facts;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Bool, Text};
use vinculo_domain::statistics::Dimension;

/// A column of the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FactColumn {
    AnnouncedMonth,
    BodyKind,
    Compliance,
    CounterpartKind,
    CounterpartLevel,
    Country,
    EndsOn,
    Gap,
    Instrument,
    Kind,
    Municipality,
    Owner,
    RegisteredMonth,
    RegisteredYear,
    Renewal,
    SignedMonth,
    SignedYear,
    Stage,
    State,
    Tier,
}

impl FactColumn {
    /// The column of a dimension, if it has one.
    pub(super) fn of(dimension: Dimension) -> Option<Self> {
        Some(match dimension {
            Dimension::BodyKind => Self::BodyKind,
            Dimension::Compliance => Self::Compliance,
            Dimension::CounterpartKind => Self::CounterpartKind,
            Dimension::CounterpartLevel => Self::CounterpartLevel,
            Dimension::Country => Self::Country,
            Dimension::Gap => Self::Gap,
            Dimension::Instrument => Self::Instrument,
            Dimension::Kind => Self::Kind,
            Dimension::Municipality => Self::Municipality,
            Dimension::RegistrationYear => Self::RegisteredYear,
            Dimension::Renewal => Self::Renewal,
            Dimension::Stage => Self::Stage,
            Dimension::State => Self::State,
            Dimension::Tier => Self::Tier,
            Dimension::Year => Self::SignedYear,
            _ => return None,
        })
    }

    fn walk(self, out: AstPass<'_, '_, MultiBackend>) -> QueryResult<()> {
        match self {
            Self::AnnouncedMonth => facts::announced_month.walk_ast(out),
            Self::BodyKind => facts::body_kind.walk_ast(out),
            Self::Compliance => facts::compliance.walk_ast(out),
            Self::CounterpartKind => facts::counterpart_kind.walk_ast(out),
            Self::CounterpartLevel => facts::counterpart_level.walk_ast(out),
            Self::Country => facts::country.walk_ast(out),
            Self::EndsOn => facts::ends_on.walk_ast(out),
            Self::Gap => facts::gap.walk_ast(out),
            Self::Instrument => facts::instrument.walk_ast(out),
            Self::Kind => facts::kind.walk_ast(out),
            Self::Municipality => facts::municipality.walk_ast(out),
            Self::Owner => facts::owner_tenant.walk_ast(out),
            Self::RegisteredMonth => facts::registered_month.walk_ast(out),
            Self::RegisteredYear => facts::registered_year.walk_ast(out),
            Self::Renewal => facts::renewal.walk_ast(out),
            Self::SignedMonth => facts::signed_month.walk_ast(out),
            Self::SignedYear => facts::signed_year.walk_ast(out),
            Self::Stage => facts::stage.walk_ast(out),
            Self::State => facts::state.walk_ast(out),
            Self::Tier => facts::tier.walk_ast(out),
        }
    }
}

/// What rows are grouped by: a column of the facts, or of another table of the query.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key<C> {
    Fact(FactColumn),
    Other(C),
}

impl<C: Expression<SqlType = Text>> Expression for Key<C> {
    type SqlType = Text;
}

impl<C, QS> AppearsOnTable<QS> for Key<C>
where
    C: Expression<SqlType = Text> + AppearsOnTable<QS>,
    facts::tier: AppearsOnTable<QS>,
{
}

impl<C, QS> SelectableExpression<QS> for Key<C>
where
    C: Expression<SqlType = Text> + SelectableExpression<QS>,
    facts::tier: SelectableExpression<QS>,
{
}

// It is only selected in queries that also group by it.
impl<C, G> ValidGrouping<G> for Key<C> {
    type IsAggregate = is_aggregate::Yes;
}

impl<C> QueryId for Key<C> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Key<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        match self {
            Self::Fact(column) => column.walk(out),
            Self::Other(column) => column.walk_ast(out),
        }
    }
}

/// Whether a column of the facts has one of these values: `IN`, as both engines write it.
#[derive(Debug, Clone)]
pub(super) struct OneOf {
    pub(super) column: FactColumn,
    /// At least one.
    pub(super) values: Vec<String>,
}

impl Expression for OneOf {
    type SqlType = Bool;
}

impl<QS> AppearsOnTable<QS> for OneOf where facts::tier: AppearsOnTable<QS> {}

impl<QS> SelectableExpression<QS> for OneOf where facts::tier: SelectableExpression<QS> {}

impl ValidGrouping<()> for OneOf {
    type IsAggregate = is_aggregate::No;
}

impl QueryId for OneOf {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<MultiBackend> for OneOf {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        // Each number of values is another statement.
        out.unsafe_to_cache_prepared();
        self.column.walk(out.reborrow())?;
        out.push_sql(" IN (");
        for (at, value) in self.values.iter().enumerate() {
            if at > 0 {
                out.push_sql(", ");
            }
            out.push_bind_param::<Text, _>(value)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

/// Any other column that rows are grouped by.
#[derive(Debug, Clone, Copy)]
pub(super) struct By<C>(pub(super) C);

impl<C: Expression> Expression for By<C> {
    type SqlType = C::SqlType;
}

impl<C: AppearsOnTable<QS>, QS> AppearsOnTable<QS> for By<C> {}

impl<C: SelectableExpression<QS>, QS> SelectableExpression<QS> for By<C> {}

impl<C, G> ValidGrouping<G> for By<C> {
    type IsAggregate = is_aggregate::Yes;
}

impl<C> QueryId for By<C> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for By<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}
