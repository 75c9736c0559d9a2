//! Headers that claim another address: none is trusted, whoever sends them.

use super::{Served, header, on_both_behind};
use std::time::Duration;
use vinculo_api::edge::Edge;
use vinculo_api::edge::addresses::TrustedProxies;
use vinculo_api::edge::rates::{Figures, Rates, Time};

/// Forms in which a caller may claim another address.
const SHAPES: [&str; 24] = [
    "X-Forwarded-For: 198.51.100.1",
    "x-forwarded-for: 198.51.100.2",
    "X-Forwarded-For: 198.51.100.3, 198.51.100.4",
    "X-Forwarded-For: 198.51.100.5\r\nX-Forwarded-For: 198.51.100.6",
    "X-Forwarded-For: 198.51.100.7:443",
    "X-Forwarded-For: [2001:db8::1]:443",
    "X-Forwarded-For: 2001:db8::2",
    "X-Forwarded-For: ::ffff:198.51.100.8",
    "X-Forwarded-For: for=198.51.100.9",
    "X-Forwarded-For: unknown, , \"198.51.100.10\"",
    "X-Forwarded-For: 127.0.0.1",
    "X-Forwarded-For: 10.0.0.1, 127.0.0.1",
    "Forwarded: for=198.51.100.11",
    "Forwarded: for=\"[2001:db8::3]:80\";proto=https;by=203.0.113.1",
    "X-Real-IP: 198.51.100.12",
    "X-Client-IP: 198.51.100.13",
    "True-Client-IP: 198.51.100.14",
    "CF-Connecting-IP: 198.51.100.15",
    "X-Cluster-Client-IP: 198.51.100.16",
    "X-Forwarded: 198.51.100.17",
    "Forwarded-For: 198.51.100.18",
    "X-Originating-IP: 198.51.100.19\r\nX-Remote-IP: 198.51.100.19\r\nX-Remote-Addr: 198.51.100.19",
    "X-Forwarded-Host: 198.51.100.20\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 443",
    "Via: 1.1 198.51.100.21\r\nFastly-Client-IP: 198.51.100.21\r\nX-Envoy-External-Address: 198.51.100.21",
];

/// The clock stands still, so a bucket loses exactly as many tokens as requests were counted.
const QUOTA: u32 = 500;

fn trusting(proxies: &'static [&'static str]) -> impl Fn() -> Edge {
    move || {
        let proxies: Vec<String> = proxies.iter().map(|text| (*text).to_owned()).collect();
        let figures = Figures {
            anonymous: QUOTA,
            ..Figures::NONE
        };
        Edge {
            proxies: TrustedProxies::parse(&proxies).unwrap(),
            rates: Rates::at(figures, &Time::new(|| Duration::ZERO)),
            ..Edge::unhurried()
        }
    }
}

/// What is left in the bucket of the address that the service uses.
async fn left(served: &Served, headers: &str) -> u32 {
    let answer = served.get("/v1/governments?limit=1", headers).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let field = header(&answer, "ratelimit").unwrap();
    let rest = field.strip_prefix("\"anonymous\";r=").unwrap();
    rest.split(';').next().unwrap().parse().unwrap()
}

#[actix_web::test]
async fn a_caller_cannot_claim_another_address() {
    on_both_behind(trusting(&[]), |app| async move {
        let served = Served::new(&app);
        assert_eq!(left(&served, "").await, QUOTA - 1);
        for (expected, shape) in (0..QUOTA - 1).rev().zip(SHAPES) {
            eprintln!("{shape}");
            assert_eq!(left(&served, &format!("{shape}\r\n")).await, expected);
        }
        served.stop().await;
    })
    .await;
}

#[actix_web::test]
async fn nor_through_a_trusted_proxy() {
    on_both_behind(trusting(&["127.0.0.1"]), |app| async move {
        let served = Served::new(&app);
        let real = "203.0.113.7";
        let mut expected = QUOTA - 1;
        assert_eq!(
            left(&served, &format!("X-Forwarded-For: {real}\r\n")).await,
            QUOTA - 1
        );
        for shape in SHAPES {
            eprintln!("{shape}");
            // A proxy adds a line of its own ...
            let line = format!("{shape}\r\nX-Forwarded-For: {real}\r\n");
            expected -= 1;
            assert_eq!(left(&served, &line).await, expected);
            // ... or appends to the last one.
            if shape.to_lowercase().starts_with("x-forwarded-for:") {
                expected -= 1;
                assert_eq!(
                    left(&served, &format!("{shape}, {real}\r\n")).await,
                    expected
                );
            }
        }
        // The address named by the proxy is trusted: another caller has its own bucket.
        let other = left(&served, "X-Forwarded-For: 203.0.113.8\r\n").await;
        assert_eq!(other, QUOTA - 1);
        // Where the proxy names nobody, the proxy itself is counted.
        assert_eq!(left(&served, "").await, QUOTA - 1);
        served.stop().await;
    })
    .await;
}
