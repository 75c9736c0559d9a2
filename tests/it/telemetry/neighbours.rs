//! Sign-ins and anonymous reads leave room for everybody else.

use super::exposed;
use crate::unit_of_work::pressure::Holder;
use actix_web::test::TestRequest;
use futures_util::future::{join, join_all};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use vinculo_api::hashing::{MOST, MOST_OF_ONE, Ticket};
use vinculo_domain::Role;
use vinculo_domain::clock::SystemClock;
use vinculo_tests::{GUADALAJARA, Setup, TestApp, on_both, service_of};

fn address(last: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))
}

#[actix_web::test]
async fn twenty_four_sign_ins_hash_on_few_threads_and_all_get_in() {
    on_both(|app| async move {
        let officer = app.officer(GUADALAJARA).await;
        let signing_in = (0..24).map(|_| async {
            let sign_in = TestApp::sign_in("officer@14039.example", TestApp::PASSWORD);
            app.nobody().send(sign_in).await.expect(201);
        });
        let reading = (0..24).map(|_| async {
            officer.get("/v1/agreements").await.expect(200);
        });
        join(join_all(signing_in), join_all(reading)).await;
        let figures = app.app.hashing.figures();
        let cores = std::thread::available_parallelism().unwrap().get();
        assert_eq!(figures.threads, (cores / 2).max(1));
        assert!(figures.most_running <= figures.threads, "{figures:?}");
        assert_eq!((figures.held, figures.refused), (0, 0), "{figures:?}");
    })
    .await;
}

#[actix_web::test]
async fn one_address_cannot_keep_the_others_from_signing_in() {
    on_both(|app| async move {
        let service = service_of(&app.app).await;
        let sign_in = async |last: u8| {
            let body = serde_json::json!({"email": "officer@14039.example", "password": TestApp::PASSWORD});
            let request = TestRequest::post()
                .uri("/v1/sessions")
                .peer_addr(SocketAddr::new(address(last), 1))
                .set_json(body);
            service(request.to_request()).await
        };
        let hold = |last: u8, count: usize| -> Vec<Ticket> {
            (0..count).map(|_| app.app.hashing.enter(address(last)).unwrap()).collect()
        };
        let one = hold(1, MOST_OF_ONE);
        let refused = sign_in(1).await;
        assert_eq!(refused.status().as_u16(), 503);
        assert!(refused.headers().contains_key("retry-after"));
        assert_eq!(sign_in(2).await.status().as_u16(), 201);
        // The queue also has a total limit; people who are already signed in are not affected.
        let all = hold(3, MOST - MOST_OF_ONE);
        assert_eq!(sign_in(2).await.status().as_u16(), 503);
        app.client(Role::Viewer, GUADALAJARA).await.get("/v1/me").await.expect(200);
        let metrics = exposed(&app).await;
        let counted = "vinculo_work_refused_total{work=\"passwords\"} 2";
        assert!(metrics.contains(counted), "{metrics}");
        drop((one, all));
        assert_eq!(sign_in(1).await.status().as_u16(), 201);
    })
    .await;
}

/// Only PostgreSQL can block a reader.
#[actix_web::test]
async fn those_who_only_look_never_take_the_last_places() {
    let app = TestApp::start_on(Setup::Postgres, 4, Arc::new(SystemClock)).await;
    let officer = app.officer(GUADALAJARA).await;
    let holder = Holder::new(
        &app.scratch,
        "LOCK TABLE consolidations, inscription_standings, inscriptions IN ACCESS EXCLUSIVE MODE",
    );
    let looking = (0..12).map(|_| async {
        let nobody = app.nobody();
        nobody.get("/v1/registry").await.refused(503, "too_busy");
    });
    let working = async {
        for _ in 0..4 {
            officer.get("/v1/counterparts").await.expect(200);
            let [(_, pool), _] = app.app.db.pools();
            assert!(pool.in_use <= 2, "{pool:?}");
        }
    };
    join(join_all(looking), working).await;
    holder.release();
    app.nobody().get("/v1/registry").await.expect(200);
}
