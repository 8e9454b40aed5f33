//! What an organisation may not say of itself: it is the partnership's to say.

use crate::{
    app::{
        AppError, Refusal,
        register::{Subject, reading::visible},
    },
    domain::{
        access::Caller,
        register::{Draft, Organisation, Record, Voice},
    },
    store::Conn,
};

/// The draft of a new record, marked as its organisation is: what an employer that was
/// invented says is invented, too, and what one says that was not is not.
pub(super) fn marked<T: Subject>(
    conn: &mut Conn,
    caller: &Caller,
    draft: &Draft<T>,
) -> Result<Draft<T>, AppError> {
    let mut draft = draft.clone();
    let Some(owner) = draft.body.owner().filter(|_| caller.organisation.is_some()) else {
        return Ok(draft);
    };
    let fictional = visible::<Organisation>(conn, caller, owner)?.fictional;
    if draft.fictional && !fictional {
        let message = "Your organisation is not marked as invented.".to_owned();
        return Err(AppError::refused("/fictional", "reserved", message));
    }
    draft.fictional = fictional;
    Ok(draft)
}

/// What an organisation says in a draft that is the partnership's to say.
pub(super) fn reserved<T: Subject>(draft: &Draft<T>, old: Option<&Record<T>>) -> Vec<Refusal> {
    let mut fields = draft.body.reserved(old.map(|old| &old.body));
    if draft.said.voice != Voice::Organisation {
        fields.push("voice".to_owned());
    }
    if old.is_some_and(|old| old.fictional != draft.fictional) {
        fields.push("fictional".to_owned());
    }
    let refusal = |field: String| Refusal {
        message: format!("\"{field}\" is for the partnership's coordinators to say."),
        code: "reserved",
        field: format!("/{field}"),
    };
    fields.into_iter().map(refusal).collect()
}
