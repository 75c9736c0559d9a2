//! Posts of the office and focal points elsewhere: whose names nobody else reads.

use super::*;

const PATH: &str = "/v1/staff-members";

// row: 000-04, 000-30, 002-20
// operations: create_staff_member, get_staff_member, list_staff_members, update_staff_member, transition_staff_member, list_staff_member_history
#[actix_web::test]
async fn a_post_is_filled_left_and_filled_again() {
    on_both(|app| async move {
        let admin = app.client(Role::Admin, GUADALAJARA).await;
        let (office, _) = office(&app, GUADALAJARA).await;
        let body = json!({"title": "Titular", "office_id": office, "name": "Persona Reservada",
            "person_id": me(&admin).await, "email": "titular@guadalajara.example",
            "profile": "Perfil reservado", "training": [{"name": "Diplomado", "hours": 120}]});
        written_by(&app, PATH, &body, &["admin"]).await;
        no_office_of_others(&app, &admin, PATH, &body).await;
        let (_, one) = made(&admin, PATH, &body).await;
        finds(&admin, PATH, "q=titular → 1, q=persona → 0").await;
        finds(&admin, PATH, &format!("office_id={office} → 1")).await;
        let citizen = app.client(Role::CommitteeMember, GUADALAJARA).await;
        citizen.get(PATH).await.refused(403, "forbidden");

        changed(&admin, &one, json!({"full_time": true})).await;
        // Who has left is in the history alone.
        let next = json!({"name": "Otra Persona"});
        let refused = act(&admin, &one, "leave", next.clone()).await;
        wrong(refused, "/fields/name not_taken");
        walk(&admin, &one, "leave → left").await;
        let person = json!({"name": null, "person_id": null, "email": null, "profile": null});
        shows(&admin, &one, with(&person, json!({"training": []}))).await;
        out_of_order(step(&admin, &one, "leave").await, "confirm, join, erase");
        moved(&admin, &one, "join → active", next).await;
        let left = seen(&admin, &format!("{one}/history")).await["items"][1].clone();
        assert_eq!(left["changes"][1]["old"], "Persona Reservada");
    })
    .await;
}

// row: 002-23
// operations: put_staff_member, get_staff_member, list_staff_members
#[actix_web::test]
async fn a_system_of_personnel_sends_the_focal_points_of_bodies() {
    on_both(|app| async move {
        let admin = app.client(Role::Admin, GUADALAJARA).await;
        let post = json!({"title": "Enlace", "focal_point": true, "body_id": body_of(&app).await});
        let sent = put(&admin, PATH, "nomina:E-17", &post).await.expect(201);
        let one = format!("{PATH}/{}", sent.id());
        shows(&app.client(Role::Viewer, SRE).await, &one, post).await;
        finds(&admin, PATH, "focal_point=true → 1, focal_point=false → 0").await;
    })
    .await;
}
