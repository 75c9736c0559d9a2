//! A search needs a letter or a digit to find anything by.

use super::{error_at, on_sqlite, permitted, request};
use vinculo_api::operations;
use vinculo_domain::records::kinds;

#[actix_web::test]
async fn a_search_without_a_letter_or_digit_is_no_search() {
    let app = on_sqlite().await;
    let mut searched = 0;
    for operation in operations::all() {
        if !operation.query.iter().any(|one| one.name == "q") {
            continue;
        }
        let client = permitted(&app, &operation).await;
        for q in ["", "%20", "-", "%22%22", "%C2%BF%3F", "%E2%80%8B", "..."] {
            let answer = client.send(request(&operation, &format!("q={q}"))).await;
            let error = error_at(&answer.refused(400, "invalid_parameter"), "q");
            assert_eq!(error["code"], "no_letters", "{} {q}", operation.id);
        }
        for q in ["a", "7", "%C3%B1", "-a-", "%E6%9D%B1"] {
            let answer = client.send(request(&operation, &format!("q={q}"))).await;
            answer.expect(200);
        }
        searched += 1;
    }
    // The four that are written out, the kinds of records, and the directory.
    assert_eq!(searched, 4 + kinds().len() + 1);
}
