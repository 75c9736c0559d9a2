//! The people who look at a case, and those who try to act on it.

use crate::tools::one;
use uuid::Uuid;
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN};

/// Changes by the owner's side that are not steps of the procedure.
const EDITS: [&str; 5] = ["create", "update", "attach", "create_text_set", "confirm"];

/// The people who look at a case.
pub struct Lookers {
    owner: Client,
    party: Client,
    state: Client,
    sre: Client,
    stranger: Client,
    pub nobody: Client,
}

impl Lookers {
    pub async fn new(app: &TestApp) -> Self {
        let viewer = |tenant: &'static str| app.client(Role::Viewer, tenant);
        Self {
            owner: viewer(GUADALAJARA).await,
            party: viewer(ZAPOPAN).await,
            state: viewer(JALISCO).await,
            sre: viewer(SRE).await,
            stranger: viewer(GUANAJUATO).await,
            nobody: app.nobody(),
        }
    }

    /// Compares what they see with what they should see.
    pub async fn look(&self, case: Uuid, wanted: [&str; 3], with_party: bool) -> Vec<String> {
        let [side, state, sre] = wanted;
        let party = if with_party { side } else { "404" };
        let mut faults = Vec::new();
        for (name, client, wanted) in [
            ("owner", &self.owner, side),
            ("party", &self.party, party),
            ("state", &self.state, state),
            ("sre", &self.sre, sre),
            ("stranger", &self.stranger, "404"),
            ("nobody", &self.nobody, "401"),
        ] {
            let seen = look_of(client, case).await;
            if seen != wanted {
                faults.push(format!("the {name} sees\n    {seen}, not\n    {wanted}"));
            }
        }
        faults
    }
}

/// What a client sees of a case: level, stage, version, title, and its steps, oldest first.
pub async fn look_of(client: &Client, case: Uuid) -> String {
    let answer = client.get(&one(case)).await;
    let history = client
        .get(&format!("{}/history?limit=200", one(case)))
        .await;
    assert_eq!(answer.status, history.status);
    if answer.status != 200 {
        return answer.status.to_string();
    }
    let (view, history) = (answer.json(), history.json());
    let word = |name: &str| view[name].as_str().unwrap().to_owned();
    let list = client.get("/v1/agreements?limit=200").await.json();
    let items = list["items"].as_array().unwrap();
    let line = items.iter().find(|item| item["id"] == view["id"]).unwrap();
    for name in ["level", "stage", "version", "title", "updated_at"] {
        assert_eq!(line[name], view[name], "the list and the case differ");
    }
    let lines = history["items"].as_array().unwrap().iter().rev();
    let steps = lines.map(|line| line["action"].as_str().unwrap().to_owned());
    // Only the owner's side may see edits; another reader's are kept and fail the comparison.
    let full = view["level"] == "full";
    let steps: Vec<String> = steps
        .filter(|step| !(full && EDITS.contains(&step.as_str())))
        .collect();
    let shown = [
        word("level"),
        word("stage"),
        view["version"].to_string(),
        word("title") + ":",
        steps.join(" "),
    ];
    shown.join(" ").trim_end().to_owned()
}

/// The people who try, signed in before anything is counted.
pub struct Hands(Vec<((&'static str, Role), Client)>);

impl Hands {
    pub async fn new(app: &TestApp) -> Self {
        let mut hands = Vec::new();
        for tenant in [GUADALAJARA, JALISCO, SRE, GUANAJUATO] {
            for role in [
                Role::Officer,
                Role::Liaison,
                Role::LegalReviewer,
                Role::Registrar,
                Role::Viewer,
                Role::Admin,
            ] {
                hands.push(((tenant, role), app.client(role, tenant).await));
            }
        }
        Self(hands)
    }

    pub fn of(&self, tenant: &str, role: Role) -> Client {
        let mut hands = self.0.iter();
        let found = hands.find(|(who, _)| *who == (tenant, role));
        found.unwrap().1.clone()
    }
}
