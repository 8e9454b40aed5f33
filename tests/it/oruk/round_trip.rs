//! What our feed tells comes back unchanged from a register that read it, through however
//! many hands.

use pathways::domain::oruk::Thing;

use crate::{
    oruk::world::{bring, crawled, everything, feed, hubs, orders, read},
    shown,
    support::TestStore,
};

on_both_databases!(a_feed_that_was_read_is_told_again_without_loss);

async fn a_feed_that_was_read_is_told_again_without_loss(second: TestStore) {
    let (_, first) = shown::demonstration();
    bring(&first.store, &read(&hubs()), orders());
    let told = feed(&first.store);
    let report = bring(&second.store, &crawled(&told), orders());
    assert!(report.left_out.is_empty(), "{:?}", report.left_out);
    assert_eq!(usize::try_from(report.services.created).unwrap(), told.count(Thing::Service));
    let again = feed(&second.store);
    let (whole, copy) = (everything(&told), everything(&again));
    assert_eq!(whole.keys().collect::<Vec<_>>(), copy.keys().collect::<Vec<_>>());
    for (key, value) in &whole {
        assert_eq!(Some(value), copy.get(key), "{key:?}");
    }
    // And once more: nothing is left behind on the way.
    let third = TestStore::sqlite();
    bring(&third.store, &crawled(&again), orders());
    assert_eq!(everything(&feed(&third.store)), whole);
}
