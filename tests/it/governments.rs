//! The catalogue of governments as clients see it.

use vinculo_tests::{TestApp, on_both};

// row: 003-21
// operations: list_governments, get_government
#[actix_web::test]
async fn a_government_is_found_by_its_names_and_by_its_city() {
    on_both(|app: TestApp| async move {
        let nobody = app.nobody();
        for (q, expected) in [
            ("cancun", vec!["23005"]),
            ("Canc%C3%BAn", vec!["23005"]),
            ("acapulco", vec!["12001"]),
            ("guadalaj", vec!["14039"]),
            ("coyoac", vec!["09003"]),
            ("xcaret", vec![]),
        ] {
            let path = format!("/v1/governments?tier=municipality&limit=200&q={q}");
            let list = nobody.get(&path).await.expect(200).json();
            let items = list["items"].as_array().unwrap();
            let ids: Vec<&str> = items
                .iter()
                .map(|item| item["id"].as_str().unwrap())
                .collect();
            assert_eq!(ids, expected, "{q}");
        }
        let place = nobody.get("/v1/governments/23005").await.expect(200).json();
        assert_eq!(
            (&place["name"], &place["parent_id"]),
            (&"Benito Juárez".into(), &"23".into())
        );
        let borough = nobody.get("/v1/governments/09003").await.expect(200).json();
        assert_eq!(
            (&borough["kind"], &borough["tier"]),
            (&"borough".into(), &"municipality".into())
        );
        nobody
            .get("/v1/governments/99999")
            .await
            .refused(404, "not_found");
        let count = nobody
            .get("/v1/governments?tier=municipality&limit=1&count=true")
            .await;
        assert_eq!(count.expect(200).json()["total"], 2478);
    })
    .await;
}
