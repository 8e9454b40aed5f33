//! Reports as JSON.

use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::{
    domain::{
        reports::{Report, Time},
        table::{Cell, Column, Missing, Table},
    },
    web::{api::register::wire::Written, api::reports::Format},
};

/// A row: a value for each column by the column's name; what is not stated, or left out,
/// is absent.
pub type Row = Map<String, Value>;

/// A report: figures or records in rows, each column defined, with its day and with how
/// much is not known.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReportTableBody {
    /// Its name.
    #[schema(example = "openings")]
    pub id: String,
    /// What it is called.
    #[schema(example = "Openings and places")]
    pub title: String,
    /// What it counts or lists.
    #[schema(example = "For each kind of work: how many openings can be applied for.")]
    pub definition: String,
    /// The day that it holds for.
    #[schema(format = Date, example = "2026-11-23")]
    pub as_of: String,
    /// The first day that it looks at, where it looks at several.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date, example = "2026-01-01")]
    pub from: Option<String>,
    /// The last day that it looks at, where it looks at several.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date, example = "2026-11-23")]
    pub to: Option<String>,
    /// The columns, in their order.
    pub columns: Vec<ReportColumnBody>,
    /// The rows: a value for each column by the column's name. What is not stated, or a
    /// small count that is left out, is absent.
    #[schema(value_type = Vec<Object>)]
    pub rows: Vec<Row>,
    /// The row of totals, where rows add up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub totals: Option<Row>,
    /// How much is not known.
    pub missing: Vec<ReportMissingBody>,
    /// What else a reader must know.
    pub notes: Vec<String>,
    /// Publications that it rests on.
    pub sources: Vec<String>,
    /// Whether something in it was invented for a demonstration.
    #[schema(example = false)]
    pub fictional: bool,
}

/// A column of a report.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReportColumnBody {
    /// Its name in rows and in the first line of a CSV file.
    #[schema(example = "places_left")]
    pub name: String,
    /// The words shown.
    #[schema(example = "Places left")]
    pub label: String,
    /// What it means.
    #[schema(example = "Places left in those, taken together.")]
    pub definition: String,
    /// What its values are: `text`, `number`, `date` or `percent` (a share from 0 to 1).
    #[schema(example = "number")]
    pub kind: String,
}

/// How many records lack something that a report rests on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReportMissingBody {
    /// What they lack.
    #[schema(example = "Number of places")]
    pub what: String,
    /// How many lack it.
    #[schema(example = 3)]
    pub lacking: usize,
    /// How many there are.
    #[schema(example = 12)]
    pub of: usize,
    /// The share that lacks it, from 0 to 1.
    #[schema(example = 0.25)]
    pub share: f64,
}

/// The reports that can be asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportsBody {
    /// The reports.
    pub reports: Vec<ReportEntryBody>,
    /// How many there are.
    #[schema(example = 8)]
    pub total: usize,
}

/// A report that can be asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportEntryBody {
    /// Its name.
    #[schema(example = "openings")]
    pub id: String,
    /// What it is called.
    #[schema(example = "Openings and places")]
    pub title: String,
    /// What it counts or lists.
    #[schema(example = "For each kind of work: how many openings can be applied for.")]
    pub definition: String,
    /// Who may read it: `public`, `broker` or `coordinator`, and those above.
    #[schema(example = "public")]
    pub audience: String,
    /// Its address.
    #[schema(example = "/api/v1/reports/openings")]
    pub url: String,
    /// The values of the parameter `format`.
    #[schema(example = json!(["json", "csv", "xlsx"]))]
    pub formats: Vec<String>,
    /// The parameters that it takes beside `format`.
    #[schema(example = json!(["as_of"]))]
    pub parameters: Vec<String>,
}

impl ReportsBody {
    /// Every report, in the order shown.
    pub fn all() -> Self {
        let reports: Vec<_> = Report::ALL.iter().copied().map(ReportEntryBody::of).collect();
        Self { total: reports.len(), reports }
    }
}

impl ReportEntryBody {
    fn of(report: Report) -> Self {
        let mut parameters = vec!["as_of"];
        parameters
            .extend((report.time() == Time::Period).then_some(["from", "to"]).iter().flatten());
        parameters.extend(report.by_partnership().then_some("partnership"));
        Self {
            id: report.as_str().to_owned(),
            title: report.label().to_owned(),
            definition: report.definition().to_owned(),
            audience: report.audience().as_str().to_owned(),
            url: format!("/api/v1/reports/{report}"),
            formats: Format::ALL.iter().map(|format| format.as_str().to_owned()).collect(),
            parameters: parameters.into_iter().map(str::to_owned).collect(),
        }
    }
}

impl From<&Table> for ReportTableBody {
    fn from(table: &Table) -> Self {
        let row = |cells: &Vec<Cell>| row(&table.columns, cells);
        Self {
            id: table.name.to_owned(),
            title: table.title.clone(),
            definition: table.definition.clone(),
            as_of: table.as_of.write(),
            from: table.period.map(|(first, _)| first.write()),
            to: table.period.map(|(_, last)| last.write()),
            columns: table.columns.iter().map(ReportColumnBody::of).collect(),
            rows: table.rows.iter().map(row).collect(),
            totals: table.total.as_ref().map(row),
            missing: table.missing.iter().map(ReportMissingBody::of).collect(),
            notes: table.notes.clone(),
            sources: table.sources.clone(),
            fictional: table.fictional,
        }
    }
}

fn row(columns: &[Column], cells: &[Cell]) -> Row {
    let stated = columns.iter().zip(cells).filter_map(|(column, cell)| {
        let value = match cell {
            Cell::Text(words) => json!(words),
            Cell::Number(number) => json!(number),
            Cell::Date(day) => json!(day.write()),
            Cell::Share(share) => json!(rounded(*share)),
            Cell::Blank | Cell::LeftOut => return None,
        };
        Some((column.name.clone(), value))
    });
    stated.collect()
}

/// A share to four places, as the files have it.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

impl ReportColumnBody {
    fn of(column: &Column) -> Self {
        Self {
            name: column.name.clone(),
            label: column.label.clone(),
            definition: column.definition.clone(),
            kind: column.kind.as_str().to_owned(),
        }
    }
}

impl ReportMissingBody {
    fn of(missing: &Missing) -> Self {
        let share = rounded(missing.share());
        Self { what: missing.what.clone(), lacking: missing.lacking, of: missing.of, share }
    }
}
