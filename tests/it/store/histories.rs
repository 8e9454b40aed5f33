//! Laws of publishing that hold whatever was published before.

use pathways::domain::register::Reference;
use pathways::store::reference::{self, Published};
use pathways::store::{Store, StoreError, changes};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::store::fixture;
use crate::support::{TestStore, now};

on_both_databases!(any_history_ends_in_what_was_published_last);

/// Text that databases are known to stumble over; PostgreSQL has no U+0000.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("O'Neill \"& Co\"; -- 100% \\ $1 ?".to_owned()),
        Just("\u{1F600} e\u{301} \u{202E}\u{FEFF}".to_owned()),
        "[^\\x00]{1,12}",
    ]
}

/// What is done to the whole register to get another one: for each list which
/// entries to keep, and what to write into some fields.
#[derive(Debug, Clone)]
struct Edit {
    kept: Vec<bool>,
    order: bool,
    text: String,
    level: Option<i32>,
    moved: bool,
}

fn edit() -> impl Strategy<Value = Edit> {
    (vec(any::<bool>(), 24), any::<bool>(), text(), proptest::option::of(0..=8), any::<bool>())
        .prop_map(|(kept, order, text, level, moved)| Edit { kept, order, text, level, moved })
}

impl Edit {
    fn register(&self) -> Reference {
        let mut register = fixture::rich();
        let mut kept = self.kept.iter().copied();
        let mut keep = || kept.next().unwrap();
        // What others refer to stays; what refers to others comes and goes.
        register.actions.retain(|_| keep());
        register.schemes.retain(|_| keep());
        for scheme in &mut register.schemes {
            scheme.prerequisites.retain(|wanted| wanted.scheme == scheme.slug);
            scheme.levels[0].label.clone_from(&self.text);
            scheme.lifetime_note = keep().then(|| self.text.clone());
        }
        register.partnerships.retain(|_| keep());
        for partnership in &mut register.partnerships {
            partnership.members.retain(|_| keep());
            partnership.needs.retain(|_| keep());
            partnership.area = vec![self.text.clone()];
            for need in &mut partnership.needs {
                need.level_to = self.level;
                need.level_from = None;
                need.description.clone_from(&self.text);
            }
            if self.order {
                partnership.needs.reverse();
            }
        }
        if self.moved {
            let course = register.providers[0].courses.remove(0);
            register.providers[1].courses.insert(0, course);
        }
        if self.order {
            register.providers[1].courses.reverse();
            register.sources[0].title.clone_from(&self.text);
        }
        register.providers[0].summary.clone_from(&self.text);
        register
    }
}

fn publish(store: &Store, reference: &Reference) -> Published {
    store.write_blocking(|conn| reference::publish(conn, reference, now())).unwrap()
}

async fn any_history_ends_in_what_was_published_last(t: TestStore) {
    // Each case goes on where the last one stopped, so histories are long.
    let config = Config { cases: 40, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&edit(), |edit| {
        let wanted = edit.register();
        let before = t.store.read_blocking(reference::load).unwrap();
        let position = t.store.read_blocking(changes::position).unwrap();
        let published = publish(&t.store, &wanted);
        let loaded: Result<Reference, StoreError> = t.store.read_blocking(reference::load);
        prop_assert_eq!(&loaded.unwrap(), &wanted);
        let touched = i64::try_from(published.changed + published.removed).unwrap();
        prop_assert_eq!(published.change, position + touched);
        prop_assert_eq!(touched == 0, before == wanted);
        let again = Published { changed: 0, removed: 0, change: published.change };
        prop_assert_eq!(publish(&t.store, &wanted), again);
        Ok(())
    });
    outcome.unwrap();
}
