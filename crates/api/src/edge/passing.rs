//! What the edge knows about one request while it is under way.

use crate::edge::rate_state::RateState;
use crate::edge::rates;
use actix_web::HttpMessage;
use std::cell::{Ref, RefCell};
use std::net::IpAddr;
use std::rc::Rc;
use uuid::Uuid;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// What the edge knows about a request.
pub struct Passing {
    /// The request's id.
    pub request_id: String,
    /// The caller's address.
    pub address: IpAddr,
    states: RefCell<Vec<RateState>>,
}

impl Passing {
    /// Registers a new request from this address.
    pub fn begin(request: &impl HttpMessage, address: IpAddr) -> Rc<Self> {
        let passing = Rc::new(Self {
            request_id: Uuid::now_v7().to_string(),
            address,
            states: RefCell::default(),
        });
        request.extensions_mut().insert(Rc::clone(&passing));
        passing
    }

    /// Counts the request against a bucket.
    pub fn charge(&self, state: Option<RateState>) -> Result<()> {
        let Some(state) = state else {
            return Ok(());
        };
        let empty = state.wait.is_some();
        self.states.borrow_mut().push(state);
        if empty {
            Err(Refusal::new(Problem::TooManyRequests))
        } else {
            Ok(())
        }
    }

    /// The state of the buckets that the request was counted against.
    pub fn states(&self) -> Ref<'_, Vec<RateState>> {
        self.states.borrow()
    }

    /// Whether a bucket for unidentified callers was empty.
    pub fn is_flood(&self) -> bool {
        let states = self.states.borrow();
        let mut empty = states.iter().filter(|one| one.wait.is_some());
        empty.any(|one| rates::OF_STRANGERS.contains(&one.policy))
    }

    /// What the edge knows about this request.
    pub fn of(request: &impl HttpMessage) -> Result<Rc<Self>> {
        let known = request.extensions().get::<Rc<Self>>().cloned();
        known.ok_or_else(|| Refusal::internal("a request that did not pass the edge"))
    }
}
