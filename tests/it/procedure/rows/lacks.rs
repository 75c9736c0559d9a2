//! Cases that lack exactly one need of an action.

use super::super::scenes::Scenes;
use crate::tools::patch;
use serde_json::json;
use uuid::Uuid;
use vinculo_domain::agreements::{
    AgreementContent, AgreementKind, CaseAction as A, OpinionResult, Stage as S, TransitionRequest,
};
use vinculo_domain::counterparts::{CounterpartFields, CounterpartKind};
use vinculo_tests::GUADALAJARA;

/// Action, stage, need, and the problem's code and pointer.
#[rustfmt::skip]
pub const LACKS: &[(A, S, &str, &str, &str)] = &[
    (A::Announce, S::Draft, "counterparts", "incomplete", "/counterparts"),
    (A::Announce, S::Draft, "themes", "incomplete", "/themes"),
    (A::Announce, S::Draft, "planned_signing", "incomplete", "/planned_signing_on"),
    (A::Submit, S::Draft, "registrable_kind", "kind_not_registrable", "/kind"),
    (A::Submit, S::Draft, "counterparts", "incomplete", "/counterparts"),
    (A::Submit, S::Draft, "registrable_counterpart", "counterpart_not_registrable", "/counterparts"),
    (A::Submit, S::Draft, "parties_confirmed", "incomplete", "/parties"),
    (A::Submit, S::Draft, "party_approvals", "incomplete", "/parties"),
    (A::Submit, S::Draft, "own_powers", "incomplete", "/own_powers"),
    (A::Submit, S::Draft, "languages", "incomplete", "/languages"),
    (A::Submit, S::Draft, "text_set", "incomplete", "/text_sets"),
    (A::Submit, S::Draft, "validity", "incomplete", "/validity"),
    (A::Submit, S::Draft, "council_minutes", "incomplete", "/council_approval"),
    (A::Escalate, S::StateReview, "escalation_ground", "incomplete", "/due_on"),
    (A::Resubmit, S::Returned, "registrable_kind", "kind_not_registrable", "/kind"),
    (A::Resubmit, S::Returned, "counterparts", "incomplete", "/counterparts"),
    (A::Resubmit, S::Returned, "registrable_counterpart", "counterpart_not_registrable", "/counterparts"),
    (A::Resubmit, S::Returned, "languages", "incomplete", "/languages"),
    (A::Resubmit, S::Returned, "text_set", "incomplete", "/text_sets"),
    (A::Resubmit, S::Returned, "answers", "incomplete", "/answers"),
    (A::Resubmit, S::Observed, "registrable_kind", "kind_not_registrable", "/kind"),
    (A::Resubmit, S::Observed, "counterparts", "incomplete", "/counterparts"),
    (A::Resubmit, S::Observed, "registrable_counterpart", "counterpart_not_registrable", "/counterparts"),
    (A::Resubmit, S::Observed, "new_text_set", "incomplete", "/text_sets"),
    (A::Resubmit, S::Observed, "languages", "incomplete", "/languages"),
    (A::Resubmit, S::Observed, "text_set", "incomplete", "/text_sets"),
    (A::Resubmit, S::Observed, "answers", "incomplete", "/answers"),
    (A::ChangeText, S::OpinionFavorable, "registrable_counterpart", "counterpart_not_registrable", "/counterparts"),
    (A::ChangeText, S::OpinionFavorable, "text_to_review", "incomplete", "/text_sets"),
    (A::ChangeText, S::OpinionFavorable, "text_set", "incomplete", "/text_sets"),
    (A::ChangeText, S::OpinionFavorable, "answers", "incomplete", "/answers"),
    (A::RecordSignature, S::OpinionFavorable, "parties_confirmed", "incomplete", "/parties"),
    (A::RecordSignature, S::OpinionFavorable, "reviewed_text", "incomplete", "/text_sets"),
    (A::SendToRegistry, S::Signed, "registrable_kind", "kind_not_registrable", "/kind"),
    (A::SendToRegistry, S::Signed, "registrable_counterpart", "counterpart_not_registrable", "/counterparts"),
    (A::SendToRegistry, S::Signed, "signed_copies", "incomplete", "/documents"),
    (A::SendToRegistry, S::Signed, "answers", "incomplete", "/answers"),
    (A::Regularize, S::Signed, "unreviewed", "incomplete", "/compliance"),
    (A::Regularize, S::Signed, "registrable_kind", "kind_not_registrable", "/kind"),
    (A::Regularize, S::Signed, "registrable_counterpart", "counterpart_not_registrable", "/counterparts"),
    (A::Regularize, S::Signed, "signed_copies", "incomplete", "/documents"),
];

/// Needs that cannot be lacking, and why.
#[rustfmt::skip]
pub const UNREACHABLE: &[(A, &str, &str)] = &[
    (A::ChangeText, "registrable_kind", "the draft is locked from the opinion on"),
    (A::ChangeText, "languages", "the draft is locked from the opinion on"),
    (A::RecordSignature, "party_approvals", "an approval stays once it was brought"),
];

/// Needs that no change of the case meets, and what does.
pub const NOT_MENDED: &[(&str, &str)] = &[
    (
        "answers",
        "they come with the request: see the case's remarks",
    ),
    (
        "escalation_ground",
        "the day that the refusal names: see `escalating.rs`",
    ),
    ("reviewed_text", "the newer text is sent with `change_text`"),
    ("unreviewed", "how it was signed is what it is"),
];

/// Mends exactly what the pointer of a need names, and nothing else. Gives whether it could be done
/// in this stage.
pub async fn mend(scenes: &Scenes<'_>, case: Uuid, from: S, need: &str, pointer: &str) -> bool {
    let officer = &scenes.cast.officer;
    match pointer {
        "/parties" => scenes.confirm(case).await,
        "/text_sets" if need == "text_set" => officer.texts(case, &["es", "en"]).await.unwrap(),
        "/text_sets" => officer.texts(case, &["es"]).await.unwrap(),
        "/documents" => scenes.copies(case).await,
        // Whether the counterpart is a government is the counterpart's to say.
        "/counterparts" if !from.is_editable() => {
            let view = officer.view(case).await.unwrap();
            let id = view["counterparts"][0]["id"].as_str().unwrap();
            let client = scenes.app.officer(GUADALAJARA).await;
            let path = format!("/v1/counterparts/{id}");
            let etag = client.get(&path).await.etag();
            let change = json!({"kind": "foreign_government", "level": "local"});
            client.send(patch(&path, &etag, &change)).await.expect(200);
        }
        // The kind of what is signed cannot be changed.
        "/kind" if !from.is_editable() => return false,
        _ => rewrite(scenes, case, pointer).await,
    }
    true
}

/// Writes one field of the draft as a complete draft has it.
async fn rewrite(scenes: &Scenes<'_>, case: Uuid, pointer: &str) {
    let officer = &scenes.cast.officer;
    let view = officer.view(case).await.unwrap();
    let mut draft = view["draft"].clone();
    let mut whole = serde_json::to_value(scenes.content().await).unwrap();
    let approval = vinculo_api::fixtures::approval(officer, case)
        .await
        .unwrap();
    whole["council_approval"] = serde_json::to_value(approval).unwrap();
    let field = pointer.trim_start_matches('/');
    assert_ne!(draft[field], whole[field], "{pointer} is there already");
    draft[field] = whole[field].clone();
    let content: AgreementContent = serde_json::from_value(draft).unwrap();
    let change = move |_before: &AgreementContent| content.clone();
    officer.edit(case, change).await.unwrap();
}

/// Only a case carried for another government has this need: see `on_behalf/carrying.rs`.
pub const CARRIED: &str = "received_letter";

/// A case that lacks only this need of the action, and a valid request.
pub async fn lacking(
    scenes: &Scenes<'_>,
    action: A,
    from: S,
    need: &str,
) -> (Uuid, TransitionRequest) {
    let case = match from {
        S::Draft => in_draft(scenes, need).await,
        S::StateReview => scenes.bring("state_review").await,
        S::Returned | S::Observed => returned(scenes, from, need).await,
        S::OpinionFavorable => favorable(scenes, need).await,
        _ => signed(scenes, action, need).await,
    };
    let request = scenes.request(&scenes.cast.officer, case, action).await;
    (
        case,
        if need == "answers" {
            mute(request)
        } else {
            request
        },
    )
}

/// The request without its answers.
fn mute(request: TransitionRequest) -> TransitionRequest {
    let mut body = serde_json::to_value(&request).unwrap();
    body["answers"] = json!([]);
    serde_json::from_value(body).unwrap()
}

/// The draft without the one thing.
async fn without(scenes: &Scenes<'_>, content: AgreementContent, need: &str) -> AgreementContent {
    let mut content = content;
    match need {
        "counterparts" => content.counterparts.clear(),
        "themes" => content.themes.clear(),
        "planned_signing" => content.planned_signing_on = None,
        "registrable_kind" => content.kind = AgreementKind::StatementOfIntent,
        "registrable_counterpart" => content.counterparts = vec![private(scenes).await],
        "own_powers" => content.own_powers.clear(),
        "languages" => content.languages.clear(),
        "text_set" => content.languages.push("en".into()),
        "validity" => content.validity = None,
        "council_minutes" => content.council_approval = None,
        _ => {}
    }
    content
}

async fn private(scenes: &Scenes<'_>) -> Uuid {
    let body = json!({"kind": CounterpartKind::Private, "level": "none", "name": format!("Empresa {}", Uuid::now_v7()), "country": "JP"});
    let fields: CounterpartFields = serde_json::from_value(body).unwrap();
    scenes.cast.officer.counterpart(fields).await.unwrap()
}

async fn edit(scenes: &Scenes<'_>, case: Uuid, need: &str) {
    let officer = &scenes.cast.officer;
    let view = officer.view(case).await.unwrap();
    let content: AgreementContent = serde_json::from_value(view["draft"].clone()).unwrap();
    let mut content = without(scenes, content, need).await;
    if need == "parties_confirmed" {
        // Only a draft that is changed asks the others again.
        content.title.push_str(", corregido");
    }
    let change = move |_before: &AgreementContent| content.clone();
    officer.edit(case, change).await.unwrap();
}

async fn in_draft(scenes: &Scenes<'_>, need: &str) -> Uuid {
    if need == "party_approvals" {
        let content = scenes.content().await;
        let case = scenes.cast.prepare(content).await.unwrap();
        scenes.confirm_bare(case).await;
        return case;
    }
    let case = scenes.draft(scenes.content().await).await;
    edit(scenes, case, need).await;
    if need != "parties_confirmed" {
        scenes.confirm(case).await;
    }
    case
}

async fn returned(scenes: &Scenes<'_>, from: S, need: &str) -> Uuid {
    let case = scenes.bring(from.into()).await;
    if from == S::Observed && need != "new_text_set" {
        scenes.reword(case).await;
    }
    edit(scenes, case, need).await;
    case
}

async fn favorable(scenes: &Scenes<'_>, need: &str) -> Uuid {
    let (cast, officer) = (&scenes.cast, &scenes.cast.officer);
    match need {
        "text_to_review" => scenes.bring("opinion_favorable").await,
        "registrable_counterpart" => {
            let case = scenes.bring("reworded").await;
            estrange(scenes, case).await;
            case
        }
        // A text in only one of the two languages.
        "text_set" => {
            let mut content = scenes.content().await;
            content.languages.push("en".into());
            let case = cast.prepare(content).await.unwrap();
            officer.texts(case, &["es", "en"]).await.unwrap();
            scenes.confirm(case).await;
            cast.carry(case, S::OpinionFavorable).await.unwrap();
            officer.texts(case, &["es"]).await.unwrap();
            case
        }
        "answers" => {
            let case = scenes.bring("legal_review").await;
            let result = OpinionResult::FavorableWithObservations;
            cast.opine(case, result).await.unwrap();
            scenes.reword(case).await;
            case
        }
        // The text was changed after the confirmation, and the opinion was favourable.
        "parties_confirmed" => {
            let case = scenes.bring("observed").await;
            scenes.reword(case).await;
            scenes.step(officer, case, A::Resubmit).await.unwrap();
            cast.opine(case, OpinionResult::Favorable).await.unwrap();
            case
        }
        _ => scenes.bring("reworded").await,
    }
}

async fn signed(scenes: &Scenes<'_>, action: A, need: &str) -> Uuid {
    let (cast, officer) = (&scenes.cast, &scenes.cast.officer);
    let past = action == A::Regularize;
    match need {
        "registrable_kind" => {
            let case = scenes.past("carta de intención", "1998").await;
            scenes.copies(case).await;
            case
        }
        "registrable_counterpart" => {
            let scene = if past { "unreviewed" } else { "signed" };
            let case = scenes.bring(scene).await;
            estrange(scenes, case).await;
            case
        }
        "signed_copies" if past => scenes.past("hermanamiento", "1998").await,
        "signed_copies" => {
            let case = scenes.bring("opinion_favorable").await;
            scenes
                .step(officer, case, A::RecordSignature)
                .await
                .unwrap();
            case
        }
        "answers" => {
            let case = scenes.bring("pending_registration").await;
            scenes.step(&cast.registrar, case, A::Query).await.unwrap();
            case
        }
        _ => scenes.bring("signed").await,
    }
}

/// Makes the counterpart private.
async fn estrange(scenes: &Scenes<'_>, case: Uuid) {
    let view = scenes.cast.officer.view(case).await.unwrap();
    let id = view["counterparts"][0]["id"].as_str().unwrap();
    let client = scenes.app.officer(GUADALAJARA).await;
    let path = format!("/v1/counterparts/{id}");
    let etag = client.get(&path).await.etag();
    let change = patch(&path, &etag, &json!({"kind": "private", "level": "none"}));
    client.send(change).await.expect(200);
}
