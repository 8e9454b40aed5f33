//! What is answered where no route is: 404, 405 with the methods that are taken,
//! or the way to the address without its last slash.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, header},
    web::Data,
};
use utoipa::openapi::OpenApi;

use crate::web::{
    Surroundings, pages,
    problem::{Problem, ProblemKind},
};

/// Which methods the addresses of the API take.
#[derive(Debug, Clone, Default)]
pub struct Methods(Vec<(String, Vec<&'static str>)>);

impl Methods {
    /// Every address of a document with its methods.
    pub fn of(document: &OpenApi) -> Self {
        let taken = |item: &utoipa::openapi::PathItem| {
            let reads = item.get.is_some();
            let named = [
                ("GET", reads),
                ("HEAD", reads),
                ("POST", item.post.is_some()),
                ("PUT", item.put.is_some()),
                ("PATCH", item.patch.is_some()),
                ("DELETE", item.delete.is_some()),
            ];
            named.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect()
        };
        Self(document.paths.paths.iter().map(|(path, item)| (path.clone(), taken(item))).collect())
    }

    /// The methods of the address, by the template that fits it most literally.
    fn taken(&self, path: &str) -> Option<&[&'static str]> {
        let fitting = self.0.iter().filter(|(template, _)| fits(template, path));
        let best = fitting.min_by_key(|(template, _)| template.matches('{').count());
        best.map(|(_, methods)| methods.as_slice())
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    loop {
        match (template.next(), path.next()) {
            (None, None) => return true,
            (Some(want), Some(have)) if want == have => {}
            (Some(want), Some(have)) if want.starts_with('{') && !have.is_empty() => {}
            _ => return false,
        }
    }
}

/// Answers a request that no route took.
pub async fn unrouted(
    req: HttpRequest,
    surroundings: Data<Surroundings>,
) -> Result<HttpResponse, Problem> {
    let path = req.path();
    let exists = |path: &str| {
        surroundings.methods.taken(path).is_some() || req.resource_map().has_resource(path)
    };
    if exists(path) {
        let named = surroundings.methods.taken(path).map(<[&str]>::to_vec);
        let form = if pages::takes_a_form(path) { &["POST"][..] } else { &[] };
        let methods = named.unwrap_or_else(|| [&["GET", "HEAD"], form].concat());
        let detail = format!("This address takes {}.", methods.join(", "));
        return Err(Problem::new(ProblemKind::MethodNotAllowed, detail)
            .with_header("allow", methods.join(", ")));
    }
    let shorter = path.trim_end_matches('/');
    let local = !path.starts_with("//") && !path.contains('\\');
    if shorter != path && local && exists(shorter) && *req.method() == Method::GET {
        let query = req.query_string();
        let to = if query.is_empty() { shorter.to_owned() } else { format!("{shorter}?{query}") };
        return Ok(HttpResponse::PermanentRedirect()
            .insert_header((header::LOCATION, to))
            .finish());
    }
    Err(Problem::new(ProblemKind::NotFound, "Check the address, or start from the home page."))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_template_fits_one_name_for_each_placeholder() {
        assert!(fits("/a/{slug}/b", "/a/x/b"));
        for path in ["/a//b", "/a/x", "/a/x/b/c", "/b/x/b"] {
            assert!(!fits("/a/{slug}/b", path), "{path}");
        }
    }
}
