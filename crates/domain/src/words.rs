//! Declares enumerations whose words have labels in a catalogue.

/// An enumeration whose words are spelt alike in JSON, where they are stored, and in their catalogue.
macro_rules! words {
    ($(#[$says:meta])* $name:ident { $($(#[$one:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$says])*
        #[derive(
            Debug,
            Clone,
            Copy,
            PartialEq,
            Eq,
            Hash,
            PartialOrd,
            Ord,
            serde::Serialize,
            serde::Deserialize,
            strum::EnumString,
            strum::IntoStaticStr,
            strum::VariantArray,
            utoipa::ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum $name {
            $($(#[$one])* $variant),+
        }

        impl $name {
            /// The word, as stored and shown.
            pub fn word(self) -> &'static str {
                self.into()
            }
        }
    };
}
