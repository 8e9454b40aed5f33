//! What is kept of other people's feeds.

diesel::table! {
    feed_thing (kind, id) {
        kind -> Text,
        id -> Text,
        feed -> Text,
        organisation -> Nullable<Text>,
        document -> Text,
        said_on -> Nullable<Date>,
        ended_on -> Nullable<Date>,
        recorded_at -> Timestamp,
    }
}
