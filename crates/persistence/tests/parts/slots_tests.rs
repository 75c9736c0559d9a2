//! Who gets a place in front of a connection pool.

use crate::slots::{Caller, GUESTS_WAITING, Slots};
use futures_util::FutureExt;

#[tokio::test]
async fn guests_never_take_the_last_places() {
    let slots = Slots::new(4);
    let now = |caller| slots.take(caller).now_or_never();
    let guest = now(Caller::Guest).unwrap().unwrap();
    let figures = now(Caller::GuestForFigures).unwrap().unwrap();
    // Two of four are taken: a guest waits, a signed-in caller still gets two.
    assert!(now(Caller::Guest).is_none());
    let known = now(Caller::Known).unwrap().unwrap();
    let other = now(Caller::Known).unwrap().unwrap();
    assert_eq!(slots.figures(0).in_use, 4);
    assert!(now(Caller::Known).is_none());
    drop((guest, known));
    assert!(now(Caller::GuestForFigures).is_none(), "a quarter is one");
    assert!(now(Caller::Guest).is_some());
    drop((figures, other));
    assert_eq!((slots.figures(0).in_use, slots.figures(0).waiting), (0, 0));
}

#[tokio::test]
async fn only_so_many_guests_wait() {
    let slots = Slots::new(2);
    let _held = slots.take(Caller::Guest).await;
    let mut asked: Vec<_> = (0..GUESTS_WAITING + 10)
        .map(|_| Box::pin(slots.take(Caller::Guest)))
        .collect();
    let answered = asked.iter_mut().filter_map(|ask| ask.now_or_never());
    assert_eq!(answered.filter(Result::is_err).count(), 10);
    assert_eq!(slots.figures(0).waiting, GUESTS_WAITING);
    assert_eq!(slots.figures(0).refused, 10);
    assert!(slots.take(Caller::Known).now_or_never().is_some());
    drop(asked);
    assert_eq!(slots.figures(0).waiting, 0);
}
