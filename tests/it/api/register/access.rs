//! Who may do what: each operation of the document by each role, to its own record and
//! to another's. The expectations are written down here, apart from the rules.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::{
    api::register::world::{KINDS, OTHER, OWN, World, name, record},
    contract,
    support::TestStore,
};

on_both_databases!(each_role_does_what_it_may_and_nothing_else);

const ROLES: [&str; 5] = ["public", "employer", "broker", "coordinator", "admin"];

/// What an operation does, by its name in the document; `None` for one that this test
/// does not know yet.
fn act(operation: &str, kind: &str) -> Option<&'static str> {
    let exact = match operation {
        "list_changes" => "changes",
        "list_audit_entries" | "list_tokens" => "administer",
        "revoke_token" => "revoke",
        "merge_organisation" | "undo_merge_of_organisation" => "merge",
        "add_update_to_pledge" => "update",
        "match_need" => "need",
        "create_signature_of_organisation" => "create below",
        "list_holds_of_opening" | "show_hold_of_opening" => "see holds",
        "hold_place_of_opening" | "create_standing_search" => "hold",
        "make_upkeep_link_of_posture"
        | "list_queue"
        | "report_introductions"
        | "list_coverage_of_partnership"
        | "list_gaps_of_partnership"
        | "list_missed_questions" => "keep",
        "resolve_queue_entry" => "resolve",
        "list_standing_searches" => "brokers read",
        "revoke_standing_search" => "revoke own",
        "report_posture" | "report_opening" => "report",
        "give_back_place_of_opening" => "give back",
        "take_place_of_opening" | "decline_hold_of_opening" => "take",
        _ => "",
    };
    let beginnings = [
        ("list_versions_of_", "history"),
        ("list_", "list"),
        ("show_", "read"),
        ("replace_", "change"),
        ("end_", "end"),
        ("confirm_", "confirm"),
        ("create_", "create"),
    ];
    if !exact.is_empty() {
        return Some(exact);
    }
    if !KINDS.contains(&kind) {
        return None;
    }
    if operation.ends_with("_in_a_batch") {
        return Some("batch");
    }
    if operation.starts_with("list_") && operation.ends_with("_of_organisation") {
        return Some("list below");
    }
    beginnings.into_iter().find(|(start, _)| operation.starts_with(start)).map(|(_, act)| act)
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Verdict {
    May,
    NoToken,
    Forbidden,
    Absent,
}
use Verdict::{Absent, Forbidden, May, NoToken};

fn expected(role: &str, (act, kind): (&str, &str), own: bool) -> Verdict {
    let keeps = matches!(role, "coordinator" | "admin");
    let introduction = kind == "introductions";
    let others_introduction = introduction && role == "employer" && !own;
    match (act, role) {
        ("changes", _) | ("administer" | "revoke", "admin") => May,
        ("read" | "list" | "list below" | "history", _) if !introduction => May,
        (_, "public") => NoToken,
        ("need", role) => {
            if role == "employer" {
                Forbidden
            } else {
                May
            }
        }
        ("administer" | "revoke", _) => Forbidden,
        _ if keeps => May,
        ("list", _)
        | (
            "read" | "history" | "see holds" | "give back" | "hold" | "report" | "brokers read"
            | "revoke own",
            "broker",
        ) => May,
        _ if others_introduction && act != "create" && act != "batch" => Absent,
        ("read" | "history", "employer") => May,
        ("create" | "create below" | "batch" | "change" | "end" | "update", "broker") => {
            if introduction {
                May
            } else {
                Forbidden
            }
        }
        ("see holds" | "give back" | "take", "employer") if own => May,
        ("batch", "employer") if matches!(kind, "pledges" | "postures" | "openings") => May,
        ("create" | "change" | "end" | "update", "employer") => {
            let writes = matches!(kind, "pledges" | "postures" | "openings")
                || (kind == "organisations" && act == "change");
            if own && writes { May } else { Forbidden }
        }
        ("confirm", "employer") => {
            let stands_by = matches!(kind, "organisations" | "postures" | "openings");
            if own && stands_by { May } else { Forbidden }
        }
        _ => Forbidden,
    }
}

/// A status as a verdict. What a caller may do is asked for without what makes it
/// happen, so that nothing changes: 428, 422 and 409 come after the rights were judged.
fn verdict(status: u16, act: &str) -> Verdict {
    match status {
        401 => NoToken,
        403 => Forbidden,
        404 if !matches!(act, "revoke" | "see holds" | "resolve" | "revoke own") => Absent,
        200..=299 | 404 | 409 | 422 | 428 => May,
        other => panic!("{act} answered {other}"),
    }
}

async fn each_role_does_what_it_may_and_nothing_else(t: TestStore) {
    let mut world = World::small(t).await;
    world.fill(OTHER).await;
    world.issue("employer", pathways::domain::access::Role::Employer, Some(OWN));
    let mut faults = Vec::new();
    let mut count = 0;
    let guarded = contract::operations().filter(|(_, _, one)| one.get("security").is_some());
    for (template, method, operation) in guarded {
        let id = operation["operationId"].as_str().unwrap();
        let kind = kind_of(template.trim_start_matches("/api/v1/"));
        let act = act(id, kind).unwrap_or_else(|| panic!("{id} is new: say here who may do it"));
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        for role in ROLES {
            for own in [true, false] {
                let organisation = if own { OWN } else { OTHER };
                let path = template
                    .trim_start_matches("/api/v1")
                    .replace("{slug}", &name(kind, organisation))
                    .replace("{partnership}", "care")
                    .replace("{id}", "999999");
                let body = body(act, kind, organisation);
                let reply = world.method(role, &method, (&path, body)).await;
                let got = verdict(reply.status.as_u16(), act);
                let want = expected(role, (act, kind), own);
                if got != want {
                    let status = reply.status;
                    faults
                        .push(format!("{role} {method} {path}: {got:?} ({status}), not {want:?}"));
                }
                count += 1;
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(count > 700, "only {count} were tried");
}

/// The kind in an address: its first step, or the first two of what the charter has.
fn kind_of(path: &str) -> &str {
    let below = |kind: &&&str| path.strip_prefix(**kind).is_some_and(|rest| !rest.starts_with('-'));
    let kind = KINDS.iter().find(below);
    kind.copied().unwrap_or_else(|| path.split('/').next().unwrap())
}

fn body(act: &str, kind: &str, organisation: &str) -> Value {
    match act {
        "create" => record(kind, organisation),
        "create below" => record("signatures", organisation),
        "batch" => json!({"items": []}),
        "hold" | "keep" => json!({"days": 0}),
        "resolve" => json!({"action": "confirm"}),
        "take" | "give back" => json!({"hold": 999_999}),
        "need" => json!({"cohort": "refugees"}),
        "update" => json!({"on": "2026-11-20", "progress": "on-track"}),
        _ => json!({}),
    }
}

#[test]
fn every_address_of_the_register_says_who_may_ask() {
    let open = [
        "search",
        "suggest",
        "toolkits",
        "library",
        "vocabulary",
        "charter",
        "schemes",
        "sources",
        "partnerships",
        "providers",
        "courses",
        "course-types",
        "matches",
        "matching",
        "action-plans",
        "needs",
    ];
    for (path, method, operation) in contract::operations() {
        let Some(rest) = path.strip_prefix("/api/v1/") else { continue };
        let first = rest.split('/').next().unwrap();
        let guarded = operation.get("security").is_some();
        assert!(guarded || open.contains(&first), "{method} {path} has no security");
    }
}
