//! Bytes that candidates are kept as: numbers of variable length, seven bits a byte, the
//! low ones first; a text is its length and its bytes.

/// What bytes are written with.
#[derive(Default)]
pub(super) struct Pen {
    pub(super) bytes: Vec<u8>,
}

impl Pen {
    #[allow(clippy::cast_possible_truncation, reason = "seven bits at a time")]
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

/// What bytes are read with. `None` means that they are not what was written.
pub(super) struct Glass<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> Glass<'a> {
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for place in (0..64).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << place;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }
}

/// A value that is kept as bytes.
pub(super) trait Kept: Sized {
    fn write(&self, to: &mut Pen);
    fn read(from: &mut Glass<'_>) -> Option<Self>;
}

/// Values that are kept as their fields, in the order named.
macro_rules! kept {
    ($($name:ident { $($field:ident),+ $(,)? })+) => {$(
        impl Kept for $name {
            fn write(&self, to: &mut Pen) {
                $(self.$field.write(to);)+
            }

            fn read(from: &mut Glass<'_>) -> Option<Self> {
                Some(Self { $($field: Kept::read(from)?),+ })
            }
        }
    )+};
}

/// Words of closed lists, kept as their place in the list.
macro_rules! kept_words {
    ($($list:ident),+ $(,)?) => {
        $(
            impl Kept for $list {
                fn write(&self, to: &mut Pen) {
                    to.number(*self as u64);
                }

                fn read(from: &mut Glass<'_>) -> Option<Self> {
                    Self::ALL.get(usize::try_from(from.number()?).ok()?).copied()
                }
            }
        )+

        /// The names of all words in their order: bytes are only read where it is the same.
        pub(super) fn words() -> String {
            let mut all = String::new();
            $(for word in $list::ALL { all.push_str(word.as_str()); all.push(' '); })+
            all
        }
    };
}

pub(super) use {kept, kept_words};

impl Kept for u32 {
    fn write(&self, to: &mut Pen) {
        to.number(u64::from(*self));
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        Self::try_from(from.number()?).ok()
    }
}

impl Kept for i64 {
    #[allow(clippy::cast_sign_loss, reason = "the sign is folded into the lowest bit")]
    fn write(&self, to: &mut Pen) {
        to.number(((self << 1) ^ (self >> 63)) as u64);
    }

    #[allow(clippy::cast_possible_wrap, reason = "as it was folded")]
    fn read(from: &mut Glass<'_>) -> Option<Self> {
        let folded = from.number()?;
        Some((folded >> 1) as Self ^ -((folded & 1) as Self))
    }
}

impl Kept for i32 {
    fn write(&self, to: &mut Pen) {
        i64::from(*self).write(to);
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        Self::try_from(i64::read(from)?).ok()
    }
}

impl Kept for bool {
    fn write(&self, to: &mut Pen) {
        to.number(u64::from(*self));
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        match from.number()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Kept for f64 {
    fn write(&self, to: &mut Pen) {
        to.bytes.extend_from_slice(&self.to_bits().to_le_bytes());
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        let bytes: [u8; 8] = from.bytes(8)?.try_into().ok()?;
        Some(Self::from_bits(u64::from_le_bytes(bytes)))
    }
}

impl Kept for String {
    fn write(&self, to: &mut Pen) {
        to.number(self.len() as u64);
        to.bytes.extend_from_slice(self.as_bytes());
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        let length = usize::try_from(from.number()?).ok()?;
        Self::from_utf8(from.bytes(length)?.to_vec()).ok()
    }
}

impl<T: Kept> Kept for Option<T> {
    fn write(&self, to: &mut Pen) {
        self.is_some().write(to);
        if let Some(value) = self {
            value.write(to);
        }
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        if bool::read(from)? { T::read(from).map(Some) } else { Some(None) }
    }
}

impl<T: Kept> Kept for Vec<T> {
    fn write(&self, to: &mut Pen) {
        to.number(self.len() as u64);
        for value in self {
            value.write(to);
        }
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        let count = from.number()?;
        (0..count).map(|_| T::read(from)).collect()
    }
}
