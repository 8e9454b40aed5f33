//! Closed lists of words: an enum whose values have a name and a label.

/// Declares an enum of words with their names in files, addresses and answers, and
/// the words shown.
macro_rules! words {
    ($(#[$about:meta])* $list:ident { $($(#[$meaning:meta])* $word:ident = $name:literal, $label:literal;)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $list {
            $($(#[$meaning])* $word,)+
        }

        impl $list {
            /// Every word, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$word),+];

            /// The name used in files, addresses and answers.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $name,)+
                }
            }

            /// The words shown.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$word => $label,)+
                }
            }

            /// The word of that name, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text)
            }
        }

        impl std::fmt::Display for $list {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
