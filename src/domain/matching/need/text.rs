//! Words of a text as numbers: what a need's words are compared by.

/// The number a word is compared by: the 32-bit FNV-1a hash of its stem.
///
/// Two different words share a number once in about four thousand million pairs; such a
/// pair would count as the same word here and nowhere else.
///
/// # Source
///
/// G. Fowler, L. C. Noll, K.-P. Vo, "The FNV Non-Cryptographic Hash Algorithm".
pub fn fingerprint(stem: &str) -> u32 {
    stem.bytes()
        .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The same with 64 bits.
pub(super) fn fingerprint_64(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A number that looks random and depends on every bit of another (the finisher of
/// `SplitMix64`).
pub(super) const fn mixed(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprints_are_those_of_the_source() {
        assert_eq!(fingerprint(""), 0x811c_9dc5);
        assert_eq!(fingerprint("a"), 0xe40c_292c);
        assert_eq!(fingerprint_64("a"), 0xaf63_dc4c_8601_ec8c);
    }
}
