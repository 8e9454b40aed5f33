//! Conditions written in SQL. What somebody typed is bound to them and never a part of
//! their text.

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::expression::{BoxableExpression, is_aggregate};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Bool, Text};

use crate::store::Conn;
use crate::store::schema::entry;

/// The two databases as one, for queries made of parts.
pub(super) type Backend = <Conn as diesel::Connection>::Backend;

/// A condition on `entry`.
pub(super) type Clause = Box<dyn BoxableExpression<entry::table, Backend, SqlType = Bool>>;

/// A condition on `entry` in the making.
#[derive(Debug, Clone)]
pub(super) struct Sql(Vec<Part>);

#[derive(Debug, Clone)]
enum Part {
    Text(String),
    Value(String),
}

impl Sql {
    /// Begins with a text.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(vec![Part::Text(text.into())])
    }

    /// Goes on with a text.
    pub(super) fn sql(mut self, text: impl Into<String>) -> Self {
        self.0.push(Part::Text(text.into()));
        self
    }

    /// Goes on with a value.
    pub(super) fn value(mut self, value: impl Into<String>) -> Self {
        self.0.push(Part::Value(value.into()));
        self
    }

    /// Goes on with `IN (…)`, which of no values is never true.
    pub(super) fn one_of(self, values: Vec<String>) -> Self {
        let mut list = self.sql(" IN (NULL");
        for value in values {
            list = list.sql(", ").value(value);
        }
        list.sql(")")
    }

    /// Any of some conditions; of none, what is never true.
    pub(super) fn any(tests: Vec<Self>) -> Self {
        let mut either = Self::new("1 = 0");
        for test in tests {
            either = either.sql(" OR ");
            either.0.extend(test.0);
        }
        either
    }

    /// The condition, to be combined with others.
    pub(super) fn clause(self) -> Clause {
        Box::new(self)
    }
}

impl Expression for Sql {
    type SqlType = Bool;
}

impl ValidGrouping<()> for Sql {
    type IsAggregate = is_aggregate::No;
}

impl AppearsOnTable<entry::table> for Sql {}

impl SelectableExpression<entry::table> for Sql {}

impl QueryId for Sql {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Backend> for Sql {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        // The texts are as many as the questions: none is worth keeping.
        out.unsafe_to_cache_prepared();
        out.push_sql("(");
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_sql(text),
                Part::Value(value) => out.push_bind_param::<Text, _>(value)?,
            }
        }
        out.push_sql(")");
        Ok(())
    }
}
