//! One of the sixteen threads: it acts for one government after another, through its own service.

use super::Storm;
use super::dice::Dice;
use super::governments::Government;
use super::ledger::{Fate, Ledger, Write};
use super::shot::Shot;
use super::trouble::{self, Place};
use actix_web::http::Method;
use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::time::Duration;
use vinculo_tests::{Answer, Client, Request, Service, service_of};

pub struct Rider<'s> {
    storm: &'s Storm,
    number: usize,
    dice: Dice,
    service: Service,
    ledger: Ledger,
    /// The last ETag read for each government's case.
    etags: HashMap<usize, String>,
}

/// What happens to a request on its way.
enum Luck {
    Answered(Answer),
    Dropped,
}

/// Sends the thread's share of requests.
pub fn ride(storm: &Storm, number: usize) -> Ledger {
    actix_web::rt::System::new().block_on(async {
        let mut rider = Rider {
            storm,
            number,
            dice: Dice::new(storm.seed, number as u64),
            service: service_of(&storm.app).await,
            ledger: Ledger::default(),
            etags: HashMap::new(),
        };
        while rider.ledger.requests() < storm.requests {
            rider.step().await;
        }
        rider.ledger
    })
}

impl Rider<'_> {
    async fn step(&mut self) {
        let turn = self.ledger.requests() + self.ledger.panics;
        // No two threads visit the governments in step, and each visits all of them.
        let own = (self.number * 3 + turn) % self.storm.governments.len();
        // Each thread falls at least once, so that no storm, however short, is without a panic.
        let overdue = self.ledger.panics == 0 && turn >= self.storm.requests / 2;
        let falls = overdue || self.dice.below(1000) < 6;
        match (falls, self.dice.below(2)) {
            (false, _) => self.shoot(own, turn).await,
            (true, 0) => self.fall(own, turn, Place::Read).await,
            (true, _) => self.fall(own, turn, Place::Write).await,
        }
        self.storm.done.fetch_add(1, Ordering::Relaxed);
    }

    /// A transaction of this government panics.
    async fn fall(&mut self, own: usize, turn: usize, place: Place) {
        let government = &self.storm.governments[own];
        let name = format!("{}-{turn} en pánico", self.number);
        trouble::panic(&self.storm.app, government, place, &name).await;
        self.ledger.panics += 1;
        if place == Place::Write {
            let text = government.city(&name).name;
            self.ledger.created.push(write(own, text, Fate::Lost));
        }
    }

    async fn shoot(&mut self, own: usize, turn: usize) {
        let governments = &self.storm.governments;
        let distance = 1 + self.dice.below(governments.len() - 1);
        let other = &governments[(own + distance) % governments.len()];
        let government = &governments[own];
        let name = format!("{}-{turn}", self.number);
        let mut shot = Shot::throw(&mut self.dice);
        if shot == Shot::Rename && !self.etags.contains_key(&own) {
            self.read_case(own).await;
        }
        let etag = self.etags.get(&own).cloned();
        if shot == Shot::Rename && etag.is_none() {
            // The case could not be read just now.
            shot = Shot::Own;
        }
        let etag = etag.unwrap_or_else(|| "\"1.x\"".to_owned());
        let request = shot.request(government, other, &name, &etag, &mut self.dice);
        let reads_case = shot == Shot::Own && request.path == government.case_path();
        let fate = match self.send(government, request).await {
            Luck::Dropped => {
                *self.ledger.answers.entry(0).or_default() += 1;
                (Fate::Unknown, None)
            }
            Luck::Answered(answer) => {
                self.judge(government, shot, &answer);
                if answer.status == 200 && (reads_case || shot == Shot::Rename) {
                    self.etags.insert(own, answer.etag());
                }
                (self.fate(&answer), version(&answer))
            }
        };
        let text = || super::shot::title(government, &name);
        match shot {
            Shot::Create => {
                let text = government.city(&name).name;
                self.ledger.created.push(write(own, text, fate.0));
            }
            Shot::Rename => {
                if fate.0 != Fate::Kept {
                    self.etags.remove(&own);
                }
                self.ledger.renamed.push(Write {
                    version: fate.1,
                    ..write(own, text(), fate.0)
                });
            }
            _ => {}
        }
    }

    /// Reads the case of a government, to rename it.
    async fn read_case(&mut self, own: usize) {
        let government = &self.storm.governments[own];
        let request = Request::new(Method::GET, &government.case_path());
        match self.send(government, request).await {
            Luck::Dropped => *self.ledger.answers.entry(0).or_default() += 1,
            Luck::Answered(answer) => {
                self.judge(government, Shot::Own, &answer);
                if answer.status == 200 {
                    self.etags.insert(own, answer.etag());
                }
            }
        }
    }

    /// Sends a request; sometimes the sender gives up or the task is cancelled.
    async fn send(&mut self, government: &Government, request: Request) -> Luck {
        let client = Client {
            service: self.service.clone(),
            patient: false,
            token: Some(government.token.clone()),
        };
        let patience = Duration::from_micros(self.dice.below(4000) as u64);
        match self.dice.below(100) {
            0..5 => match tokio::time::timeout(patience, client.send(request)).await {
                Ok(answer) => Luck::Answered(answer),
                Err(_) => {
                    self.ledger.timed_out += 1;
                    Luck::Dropped
                }
            },
            5..10 => {
                let task = actix_web::rt::spawn(async move { client.send(request).await });
                tokio::time::sleep(patience).await;
                task.abort();
                match task.await {
                    Ok(answer) => Luck::Answered(answer),
                    Err(error) => {
                        assert!(error.is_cancelled(), "{error}");
                        self.ledger.cancelled += 1;
                        Luck::Dropped
                    }
                }
            }
            _ => Luck::Answered(client.send(request).await),
        }
    }

    fn judge(&mut self, government: &Government, shot: Shot, answer: &Answer) {
        *self.ledger.answers.entry(answer.status).or_default() += 1;
        let foreign = government.foreign_in(answer);
        self.ledger.canaries += foreign;
        if foreign > 0 || !shot.fits(government, answer) {
            self.ledger.surprises.push(format!(
                "{} {shot:?} {} {}",
                government.id,
                answer.status,
                answer.text()
            ));
        }
    }

    /// If a server session may be killed during a commit, a 503 leaves the write's fate open.
    fn fate(&self, answer: &Answer) -> Fate {
        match answer.status {
            200 | 201 => Fate::Kept,
            503 if self.storm.kills => Fate::Unknown,
            _ => Fate::Lost,
        }
    }
}

fn write(government: usize, text: String, fate: Fate) -> Write {
    Write {
        government,
        text,
        fate,
        version: None,
    }
}

fn version(answer: &Answer) -> Option<i64> {
    (answer.status == 200)
        .then(|| serde_json::from_slice::<serde_json::Value>(&answer.body).ok())?
        .and_then(|body| body["version"].as_i64())
}
