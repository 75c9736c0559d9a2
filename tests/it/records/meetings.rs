//! Sessions of committees, which the citizens in them write too.

use super::*;

const PATH: &str = "/v1/meetings";

// row: 001-05, 001-14, 002-33, 002-63, 004-15
// operations: create_meeting, get_meeting, list_meetings, update_meeting, transition_meeting, delete_meeting
#[actix_web::test]
async fn a_member_writes_the_sessions_of_its_committee_and_nothing_else() {
    on_both(|app| async move {
        let (officer, member, [own, other]) = seats(&app).await;
        let foreign = session("Portland", &other);
        written_by(&app, PATH, &foreign, &["officer", "committee_member"]).await;
        only_for(member.post(PATH, &foreign).await, &["officer"]);
        let refused = app.officer(ZAPOPAN).await.post(PATH, &foreign).await;
        wrong(refused, "/committee_id not_found");
        let (_, foreign) = made(&officer, PATH, &foreign).await;
        unseen(&member, &foreign).await;
        let (_, one) = made(&officer, PATH, &session("Kioto", &own)).await;
        // One that says nothing of it is seen by whoever sees its committee.
        let open = json!({"title": "Kioto bis", "committee_id": own, "type": "extraordinary"});
        let (_, open) = made(&member, PATH, &open).await;
        seen(&app.client(Role::Viewer, SRE).await, &open).await;
        lists(&member, PATH, &["Kioto", "Kioto bis"]).await;
        let counts = format!("committee_id={own} → 2, type=ordinary → 2");
        finds(&officer, PATH, &counts).await;
        for one in [&one, &open] {
            kept_from(&member, one, &json!({"committee_id": other}), &["officer"]).await;
            changed(&member, one, json!({"agenda": ["Programa"]})).await;
            open_to(&member, one, &["confirm", "hold"]).await;
            lacking(step(&member, one, "hold").await, "attendance");
            let came = json!({"attendance": [{"sector": "academia", "people": 4}], "quorum": true});
            moved(&member, one, "hold → held", came).await;
            lacking(step(&member, one, "publish").await, "minutes");
            let said = json!({"minutes": "Programa.", "resolutions": [{"text": "Programa"}]});
            moved(&member, one, "publish → published", said).await;
            out_of_order(step(&officer, one, "hold").await, "");
            locked(change(&officer, one, json!({"minutes": null})).await);
        }
    })
    .await;
}
