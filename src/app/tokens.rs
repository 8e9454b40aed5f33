//! Tokens: made, shown once, kept as a hash.

use std::fmt::Write;

use chrono::NaiveDateTime;
use rand::RngCore;
use sha2::{Digest, Sha256};

use crate::{
    domain::{access::Role, slug::Slug},
    store::{
        Conn, StoreError,
        records::Author,
        tokens::{self, NewToken},
    },
};

/// What every token begins with, so that one that leaked is recognised.
const MARK: &str = "pathways_";
/// Random bytes of a token: 256 bits, so that no guess ever fits.
const BYTES: usize = 32;

/// A token that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The role it gives.
    pub role: Role,
    /// The organisation it speaks for; with [`Role::Employer`] and only there.
    pub organisation: Option<Slug>,
    /// What it is for, in a few words.
    pub label: Option<String>,
    /// From when it is no longer good, UTC.
    pub expires_at: Option<NaiveDateTime>,
}

/// Makes a token and returns it: the only time that it can be read.
///
/// # Errors
///
/// [`StoreError::NotFound`] if there is no such organisation.
pub fn issue(
    conn: &mut Conn,
    wish: Wish,
    author: &Author,
    at: NaiveDateTime,
) -> Result<String, StoreError> {
    let mut bytes = [0; BYTES];
    rand::rng().fill_bytes(&mut bytes);
    let token = format!("{MARK}{}", hexadecimal(&bytes));
    let Wish { role, organisation, label, expires_at } = wish;
    let new = NewToken { hash: hash(&token), role, organisation, label, expires_at };
    tokens::create(conn, &new, author, at)?;
    Ok(token)
}

/// What is stored of a token. A random token needs no salt and no slow hash.
pub fn hash(token: &str) -> String {
    hexadecimal(&Sha256::digest(token.as_bytes()))
}

/// Revokes every token with that label.
pub fn revoke_labelled(
    conn: &mut Conn,
    label: &str,
    author: &Author,
    at: NaiveDateTime,
) -> Result<(), StoreError> {
    for token in tokens::all(conn)? {
        if token.label.as_deref() == Some(label) && token.revoked_at.is_none() {
            tokens::revoke(conn, token.id, author, at)?;
        }
    }
    Ok(())
}

/// Bytes in hexadecimal, two digits each.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_256_in_lower_case() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash("abc"), known);
    }
}
