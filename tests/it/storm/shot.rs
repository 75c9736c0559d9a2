//! One request of the storm, and its permitted answers.

use super::dice::Dice;
use super::governments::Government;
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_tests::{Answer, Request};

/// The kinds of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shot {
    /// The government's own record, by its id.
    Own,
    /// A page of its own records, counted or not.
    List,
    /// A search for its own mark.
    SearchOwn,
    /// A search for another government's mark.
    SearchForeign,
    /// Another government's record, by its id.
    Foreign,
    /// A write to another government's record.
    WriteForeign,
    /// A case of its own that names another government's counterpart.
    NameForeign,
    Create,
    /// A new title for its own case.
    Rename,
}

/// How often each is sent, out of a hundred.
const MIX: [(Shot, usize); 9] = [
    (Shot::Own, 52),
    (Shot::List, 18),
    (Shot::SearchOwn, 6),
    (Shot::SearchForeign, 6),
    (Shot::Foreign, 6),
    (Shot::WriteForeign, 1),
    (Shot::NameForeign, 1),
    (Shot::Create, 6),
    (Shot::Rename, 4),
];

impl Shot {
    pub fn throw(dice: &mut Dice) -> Self {
        let mut left = dice.below(MIX.iter().map(|(_, weight)| weight).sum());
        for (shot, weight) in MIX {
            match left.checked_sub(weight) {
                Some(rest) => left = rest,
                None => return shot,
            }
        }
        unreachable!("the weights add up")
    }

    /// The request; `name` is the new text of a write, `etag` the known ETag of the case.
    pub fn request(
        self,
        own: &Government,
        other: &Government,
        name: &str,
        etag: &str,
        dice: &mut Dice,
    ) -> Request {
        let get = |path: &str| Request::new(Method::GET, path);
        let rename = |path: &str| {
            let body = json!({"title": title(own, name)});
            Request::new(Method::PATCH, path).json(&body).if_match(etag)
        };
        match self {
            Self::Own => get(&dice.pick(&records(own))),
            Self::Foreign => get(&dice.pick(&records(other)[1..])),
            Self::List => get(dice.pick::<&str>(&[
                "/v1/counterparts?limit=5",
                "/v1/counterparts?limit=3&count=true",
                "/v1/agreements?limit=5",
                "/v1/agreements?limit=5&count=true",
            ])),
            Self::SearchOwn => get(&search(own, dice)),
            Self::SearchForeign => get(&search(other, dice)),
            Self::WriteForeign => rename(&other.case_path()),
            Self::Rename => rename(&own.case_path()),
            Self::NameForeign => {
                let draft = json!({"kind": "twinning", "title": title(own, name), "counterparts": other.counterparts});
                Request::new(Method::POST, "/v1/agreements").json(&draft)
            }
            Self::Create => {
                Request::new(Method::POST, "/v1/counterparts").json(&json!(own.city(name)))
            }
        }
    }

    /// Whether the request may get this answer, with the text it must or must not have.
    pub fn fits(self, own: &Government, answer: &Answer) -> bool {
        match (self, answer.status) {
            // A session killed during a commit leaves the outcome open.
            (Self::Create | Self::Rename, 503) => {
                ["too_busy", "outcome_unknown"].contains(&answer.code().as_str())
            }
            (_, 503) => answer.code() == "too_busy",
            (Self::Own | Self::List | Self::SearchOwn, 200) => {
                answer.text().contains(&own.canary())
            }
            (Self::SearchForeign, 200) => answer.json()["items"] == Value::Array(Vec::new()),
            (Self::Foreign | Self::WriteForeign, status) => status == 404,
            (Self::NameForeign, status) => status == 422,
            (Self::Create, status) => status == 201,
            (Self::Rename, status) => matches!(status, 200 | 412),
            _ => false,
        }
    }
}

/// The title given by a rename.
pub fn title(own: &Government, name: &str) -> String {
    format!("Hermanamiento {} {name}", own.canary())
}

/// The paths of a government's texts; the first is the same for all.
pub fn records(of: &Government) -> [String; 5] {
    [
        "/v1/me".to_owned(),
        of.case_path(),
        of.document_path(),
        format!("/v1/counterparts/{}", of.counterparts[0]),
        format!("/v1/counterparts/{}", of.counterparts[1]),
    ]
}

fn search(of: &Government, dice: &mut Dice) -> String {
    let kind = dice.pick(&["counterparts", "agreements"]);
    format!("/v1/{kind}?limit=5&q={}", of.canary())
}
