//! Committees of citizens: the officers keep them, and the citizens in them write nothing of them.

use super::*;

const PATH: &str = "/v1/committees";

// row: 002-27, 003-10, 003-20, 004-14, 004-15
// operations: create_committee, get_committee, list_committees, update_committee, transition_committee, delete_committee
#[actix_web::test]
async fn a_committee_is_installed_renewed_and_dissolved() {
    on_both(|app| async move {
        let (officer, member, ids) = seats(&app).await;
        let [one, other] = ids.map(|id| format!("{PATH}/{id}"));
        let body = json!({"title": "Comité de Lyon"});
        written_by(&app, PATH, &body, &["officer"]).await;
        only_for(member.post(PATH, &body).await, &["officer"]);
        let stranger = app.client(Role::CommitteeMember, ZAPOPAN).await;
        let bad = json!({"members": [{"seat": "treasurer", "name": "Otra Persona",
            "person_id": me(&stranger).await}]});
        wrong_with(&officer, PATH, &body, bad, "/members/0/person_id not_found").await;

        // The citizen whom it names reads it although it is not public, and nobody's name.
        for reader in [&member, &app.client(Role::Viewer, SRE).await] {
            shows(
                reader,
                &one,
                json!({"members": null, "available_actions": []}),
            )
            .await;
            lists(reader, PATH, &["Comité de Kioto", "Comité de Portland"]).await;
        }
        unseen(&stranger, &one).await;
        lists(&stranger, PATH, &["Comité de Portland"]).await;
        let members = seen(&officer, &one).await["members"].clone();
        assert_eq!(members[0]["name"], "Persona Titular");
        finds(&officer, PATH, "q=persona → 0, status=installed → 2").await;
        // It writes nothing of a committee, and nothing else of its government.
        for address in [&one, &other] {
            kept_from(&member, address, &json!({"rules": "Otras"}), &["officer"]).await;
            only_for(step(&member, address, "dissolve").await, &["officer"]);
            only_for(step(&member, address, "confirm").await, &["officer"]);
        }
        only_for(
            member.post(OFFICES, &json!({"title": "Oficina"})).await,
            &["officer"],
        );

        // With the next members the one before reads no more of it.
        let next = json!({"members": [{"seat": "citizen", "name": "Otra Persona"}]});
        moved(&officer, &one, "renew → renewed", next).await;
        unseen(&member, &one).await;
        walk(&officer, &one, "renew → renewed, dissolve → dissolved").await;
        out_of_order(step(&officer, &one, "renew").await, "confirm, erase");
        remove(&officer, &one).await.expect(204);
    })
    .await;
}
