//! Limits and rotation of the threads that hash passwords.

use super::*;
use futures_util::future::join_all;
use std::net::Ipv4Addr;

fn address(last: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))
}

#[tokio::test]
async fn no_more_hashes_at_once_than_threads() {
    let hashing = Hashing::with(2);
    let stored = password::hash("una frase bastante larga").unwrap();
    let signing_in = (0..24).map(|number| {
        let ticket = hashing.enter(address(number % 3)).unwrap();
        let right = number % 2 == 0;
        let password = if right {
            "una frase bastante larga"
        } else {
            "otra"
        };
        let (password, stored) = (password.to_owned(), stored.clone());
        async move { ticket.verify(password, Some(stored)).await.unwrap() == right }
    });
    let answers = join_all(signing_in.collect::<Vec<_>>()).await;
    assert!(answers.into_iter().all(|as_expected| as_expected));
    let figures = hashing.figures();
    assert!((1..=2).contains(&figures.most_running), "{figures:?}");
    assert_eq!((figures.running, figures.refused), (0, 0));
}

#[test]
fn nobody_fills_the_queue_for_all_others() {
    let hashing = Hashing::with(1);
    let enter = |last| hashing.enter(address(last));
    let first: Vec<Ticket> = (0..MOST_OF_ONE).map(|_| enter(1).unwrap()).collect();
    let refused = enter(1).err().map(|refusal| refusal.problem);
    assert_eq!(refused, Some(Problem::TooBusy));
    let second: Vec<Ticket> = (MOST_OF_ONE..MOST).map(|_| enter(2).unwrap()).collect();
    assert!(enter(3).is_err(), "the queue is bounded in all");
    assert_eq!(hashing.figures().held, MOST);
    drop(first);
    assert!(enter(1).is_ok() && enter(3).is_ok());
    drop(second);
    assert_eq!(hashing.figures().held, 0);
}

#[test]
fn addresses_take_turns() {
    let shared = Arc::new(Shared::default());
    let mut state = State::default();
    for (last, count) in [(1, 3), (2, 1), (3, 2)] {
        for _ in 0..count {
            let job = Job {
                password: last.to_string(),
                hash: None,
                answer: oneshot::channel().0,
                ticket: Ticket {
                    address: address(last),
                    shared: Arc::clone(&shared),
                },
            };
            state
                .waiting
                .entry(address(last))
                .or_default()
                .push_back(job);
        }
    }
    let order = std::iter::from_fn(|| state.take()).map(|job| job.password);
    assert_eq!(order.collect::<String>(), "123131");
}
