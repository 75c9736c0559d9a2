//! What keeps an inscription when its import is undone: that somebody annotated it, related an
//! agreement to it or cited it.

use super::{PATH, bring, made_of, undo};
use crate::annotations::{annotate, registrar};
use crate::tools::{entry, inscribe, one};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, SRE, TestApp, ZAPOPAN, on_both};

const FILE: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente,registro\n\
    Jalisco,Zapopan,Málaga,España,hermanamiento,1998,DOF,RAI-0031\n\
    Jalisco,Zapopan,Marianao,Cuba,hermanamiento,1999,DOF,RAI-0032\n\
    Jalisco,Zapopan,Portland,Estados Unidos,hermanamiento,2003,DOF,RAI-0033\n\
    Jalisco,Zapopan,Lyon,Francia,hermanamiento,2004,DOF,RAI-0034\n\
    Jalisco,Zapopan,Nara,Japón,hermanamiento,2005,DOF,RAI-0035\n";

// row: 003-07, 002-10
// operations: undo_import, create_annotation, create_agreement
#[actix_web::test]
async fn what_is_annotated_related_or_cited_is_kept() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, SRE).await;
        let registrar = registrar(&app).await;
        let (citing, other) = inscribe(&app, GUADALAJARA, json!({})).await;
        let report = bring(&liaison, PATH, FILE).await.expect(201).json();
        let (annotated, number) = made_of(&liaison, &report, 2).await;
        let fields = json!([{"field": "signed_place", "old": null, "new": "Málaga"}]);
        let changes = json!({"kind": "correction", "fields": fields});
        let body =
            json!({"effective_on": "2026-12-01", "ground": "Error de captura.", "changes": changes});
        annotate(&registrar, &number, &body).await.expect(201);
        // Its government prepares the amendment of another one.
        let (related, _number) = made_of(&liaison, &report, 3).await;
        let owner = app.officer(ZAPOPAN).await;
        let amendment = json!({"kind": "twinning", "title": "Modificatorio",
            "instrument": "amendment", "relates_to": related});
        owner.post("/v1/agreements", &amendment).await.expect(201);
        // A third one took another's place.
        let (successor, number) = made_of(&liaison, &report, 4).await;
        let paper = pdf("denuncia");
        let paper = registrar.attach(&citing, "annotation_instrument", None, &paper);
        let body = json!({"effective_on": "2026-12-02", "document_id": paper.await.expect(201).id(),
            "changes": {"kind": "termination", "superseded_by": number}});
        annotate(&registrar, &other, &body).await.expect(201);

        let kept = [annotated, related, successor];
        let (gone, first) = made_of(&liaison, &report, 5).await;
        let (_gone, second) = made_of(&liaison, &report, 6).await;
        let wanted = json!({"undone": 2, "kept": kept, "cancelled": [first, second]});
        let dry = undo(&liaison, &report, "?dry_run=true").await.expect(200);
        assert_eq!(dry.json(), wanted);
        let done = undo(&liaison, &report, "").await.expect(200);
        assert_eq!(done.json(), wanted);
        for (at, case) in kept.iter().enumerate() {
            let view = owner.get(&one(case)).await.expect(200).json();
            assert_eq!(view["stage"], "registered");
            let (_case, number) = made_of(&liaison, &report, at + 2).await;
            let record = app.nobody().get(&entry(&number)).await.expect(200).json();
            assert_eq!(record["standing"]["cancelled"], false);
        }
        owner.get(&one(gone)).await.refused(404, "not_found");
    })
    .await;
}

// row: 003-07
// operations: undo_import, create_document, transition_agreement
#[actix_web::test]
async fn what_relates_to_it_no_longer_keeps_nothing() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, SRE).await;
        let owner = app.officer(ZAPOPAN).await;
        let report = bring(&liaison, PATH, FILE).await.expect(201).json();
        let amendment = |case: &str, title: &str| {
            json!({"kind": "twinning", "title": title, "instrument": "amendment",
                "relates_to": case})
        };
        // One draft is deleted, one relates to another agreement by now.
        let (first, _number) = made_of(&liaison, &report, 2).await;
        let (second, _number) = made_of(&liaison, &report, 3).await;
        let (third, _number) = made_of(&liaison, &report, 4).await;
        let create = async |body: &Value| owner.post("/v1/agreements", body).await.expect(201);
        let deleted = create(&amendment(&first, "Uno")).await.id();
        let etag = owner.get(&one(&deleted)).await.etag();
        owner.delete(&one(&deleted), &etag).await.expect(204);
        let moved = create(&amendment(&second, "Dos")).await.id();
        let etag = owner.get(&one(&moved)).await.etag();
        let elsewhere = json!({"relates_to": third});
        let moved = owner.patch(&one(&moved), &etag, &elsewhere).await;
        moved.expect(200);
        // An id of its government's own system keeps an inscribed one too.
        let (fourth, _number) = made_of(&liaison, &report, 5).await;
        let etag = owner.get(&one(&fourth)).await.etag();
        let own = json!({"external_ids": [{"system": "siga", "value": "A-4"}]});
        owner.patch(&one(&fourth), &etag, &own).await.expect(200);
        let done = undo(&liaison, &report, "").await.expect(200).json();
        assert_eq!(done["kept"], json!([third, fourth]));
        assert_eq!(done["undone"], 3);
        for case in [&first, &second] {
            owner.get(&one(case)).await.refused(404, "not_found");
        }
    })
    .await;
}
