//! `/classifications/{scheme}`: the lists of codes for industries and occupations.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{AppError, AppState},
    domain::classification::Scheme,
    web::{moment::Moment, problem::Problem, query::Query},
};

/// Codes of a list, and what of it is known.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassificationBody {
    /// The list: `sic` or `soc`.
    pub scheme: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// Where its titles come from.
    pub source: String,
    /// How many codes were loaded over the structure that ships; 0 where only that is
    /// there, and then every code within a division or minor group passes.
    pub loaded: usize,
    /// How many codes are known in all.
    pub known: usize,
    /// The codes that were found, best first; by code if no words were asked for.
    pub codes: Vec<CodeBody>,
    /// How many were found.
    pub total: usize,
    /// The page, from 1.
    pub page: u32,
    /// How many a page has.
    pub per_page: u32,
}

/// A code with its title.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeBody {
    /// The code: digits; of a section of industries, its letter.
    pub code: String,
    /// What it stands for.
    pub title: String,
    /// The code one step above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
}

/// Find codes for industries or occupations by words.
///
/// Every word asked for must be in the title: as it is, in another form, as its beginning, or
/// with a slip of the keys. Figures find the codes that begin with them.
#[utoipa::path(
    tag = "classifications",
    operation_id = "list_codes",
    params(
        ("scheme" = String, Path, description = "`sic`: industries, UK SIC 2007; `soc`: \
            occupations, SOC 2020", example = "soc"),
        ("q" = Option<String>, Query, description = "Words of the title, or the beginning of a \
            code; everything without it", example = "care"),
        ("page" = Option<u32>, Query, description = "The page, from 1 (the default)",
            minimum = 1, maximum = 1_000_000_000),
        ("per_page" = Option<u32>, Query, description = "Codes on a page; 20 unless given",
            minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A page of codes", body = ClassificationBody,
        example = json!({
            "scheme": "soc", "label": "SOC 2020",
            "source": "SOC 2020, major to minor groups: Office for National Statistics, Open \
                Government Licence v3.0",
            "loaded": 0, "known": 139,
            "codes": [{"code": "613", "title": "Caring personal services", "parent": "61"}],
            "total": 1, "page": 1, "per_page": 20}))),
)]
#[get("/classifications/{scheme}")]
async fn list_codes(
    req: HttpRequest,
    state: Data<AppState>,
    scheme: Path<String>,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(req.query_string())?;
    let asked = query.once("q").unwrap_or_default();
    let (page, per_page) = (query.page(), query.per_page());
    let change = query.after_change();
    query.finish()?;
    let scheme = Scheme::parse(&scheme).ok_or(AppError::NotFound("list of codes"))?;
    let moment = Moment::showing(&state, change).await;
    let known = moment.classifications.of(scheme);
    let found = moment.classifications.find(scheme, &asked);
    let skipped = (page as usize - 1).saturating_mul(per_page as usize);
    let codes = found.iter().skip(skipped).take(per_page as usize).map(|one| CodeBody {
        code: one.code.clone(),
        title: one.title.clone(),
        parent: one.parent.clone(),
    });
    Ok(moment.answer(&ClassificationBody {
        scheme: scheme.as_str(),
        label: scheme.label(),
        source: known.source.clone(),
        loaded: known.loaded(),
        known: known.codes().count(),
        codes: codes.collect(),
        total: found.len(),
        page,
        per_page,
    }))
}

/// The part of the route table about lists of codes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_codes);
}
