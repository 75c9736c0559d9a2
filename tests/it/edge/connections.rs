//! Connections from one address.

use super::{Served, on_both_behind, rest};
use futures_util::future::join_all;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use vinculo_api::edge::Edge;
use vinculo_api::edge::addresses::TrustedProxies;
use vinculo_api::edge::connections::{Connections, PER_ADDRESS, TOTAL};

fn five(proxies: &'static [&'static str]) -> impl Fn() -> Edge {
    move || {
        let proxies: Vec<String> = proxies.iter().map(|text| (*text).to_owned()).collect();
        Edge {
            proxies: TrustedProxies::parse(&proxies).unwrap(),
            connections: Arc::new(Connections::new(40, 5)),
            ..Edge::unhurried()
        }
    }
}

/// Opens connections one after another and asks on each; gives which were answered.
async fn knock(served: &Served, times: usize) -> Vec<bool> {
    let mut open = Vec::new();
    for _ in 0..times {
        let mut stream = served.connect().await;
        // A connection that is closed at once may not accept the request.
        let asked = stream
            .write_all(b"GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n")
            .await;
        let mut first = [0];
        let answered = asked.is_ok()
            && matches!(
                tokio::io::AsyncReadExt::read(&mut stream, &mut first).await,
                Ok(1)
            );
        open.push((stream, answered));
    }
    open.iter().map(|(_, answered)| *answered).collect()
}

#[actix_web::test]
async fn one_address_has_so_many_connections_and_no_more() {
    assert_eq!((TOTAL, PER_ADDRESS), (400, 50));
    on_both_behind(five(&[]), |app| async move {
        let served = Served::new(&app);
        let answered = knock(&served, 8).await;
        assert_eq!(
            answered,
            [true, true, true, true, true, false, false, false]
        );
        // All of them have closed: there is room again.
        let start = Instant::now();
        while app.app.edge.connections.count() > 0 {
            assert!(start.elapsed() < Duration::from_secs(5));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(knock(&served, 5).await, [true; 5]);
        served.stop().await;
    })
    .await;
}

#[actix_web::test]
async fn a_trusted_proxy_carries_many_callers() {
    on_both_behind(five(&["127.0.0.0/8"]), |app| async move {
        let served = Served::new(&app);
        assert_eq!(knock(&served, 12).await, [true; 12]);
        served.stop().await;
    })
    .await;
}

/// Beyond the total limit no connection is refused: it waits until there is room.
#[actix_web::test]
async fn beyond_the_total_a_connection_waits() {
    let few = || Edge {
        connections: Arc::new(Connections::new(2, 50)),
        ..Edge::unhurried()
    };
    on_both_behind(few, |app| async move {
        let served = Served::new(&app);
        let answers = join_all((0..10).map(|_| served.get("/health/live", ""))).await;
        assert!(
            answers
                .iter()
                .all(|answer| answer.starts_with("HTTP/1.1 200"))
        );
        let mut holding = Vec::new();
        for _ in 0..2 {
            let mut stream = served.connect().await;
            stream
                .write_all(b"GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n")
                .await
                .unwrap();
            let mut first = [0];
            tokio::io::AsyncReadExt::read_exact(&mut stream, &mut first)
                .await
                .unwrap();
            holding.push(stream);
        }
        let mut third = served.connect().await;
        third
            .write_all(b"GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
        let waited = tokio::time::timeout(Duration::from_millis(500), rest(&mut third)).await;
        assert!(waited.is_err(), "{waited:?}");
        drop(holding);
        assert!(rest(&mut third).await.starts_with("HTTP/1.1 200"));
        served.stop().await;
    })
    .await;
}
