//! A request to the world, from its bytes to the bytes of the answer.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{
    ask::{Asked, Question},
    audio,
    faults::Fault,
    reply::{Delivery, Failure, Family, Reply, envelope, response},
    routes::{self, Route},
    wire::{hex, read_hex},
    world::{Place, World},
};
use crate::vendor::transport::{Request, Response};

const TOKEN_LIFE_MS: i64 = 24 * 3600 * 1000;

impl World {
    /// Lets time run until `now` and answers.
    pub fn handle(&mut self, now: i64, request: &Request) -> Reply {
        self.advance(now);
        self.requests += 1;
        let question = Question::read(request);
        let route = routes::find(request.method, &question.path, self.script.known_only);
        let mut asked = Asked {
            at: self.now,
            method: request.method,
            path: question.path.clone(),
            endpoint: route.map(|r| r.key),
            workflow_id: question.text("workflow_id").map(str::to_owned),
            callee: question.text("callee").map(str::to_owned),
            page: question.number("page"),
            status: 0,
            faults: Vec::new(),
            effect: false,
        };
        let reply = self.answered(request, &question, route, &mut asked);
        asked.status = reply.response.status;
        self.remember(asked);
        reply
    }

    fn answered(
        &mut self,
        request: &Request,
        question: &Question,
        route: Option<&Route>,
        asked: &mut Asked,
    ) -> Reply {
        let delay_ms = if self.strikes(Fault::Slow, asked) { 2_000 } else { 0 };
        let response = match self.refused(asked) {
            Some(response) => response,
            None => match route {
                Some(route) => self.called(request, question, route, asked),
                None => self.fetched(&question.path),
            },
        };
        let delivery = match response.body.len() {
            _ if self.strikes(Fault::Reset, asked) => Delivery::Reset,
            length @ 2.. if self.strikes(Fault::CutBody, asked) => {
                Delivery::Cut { after: length / 2 }
            }
            _ => Delivery::Whole,
        };
        Reply { response, delivery, delay_ms }
    }

    /// What stands before the vendor's own code: limits and failing servers.
    fn refused(&mut self, asked: &mut Asked) -> Option<Response> {
        if self.strikes(Fault::RateLimit, asked) {
            let body = json!({ "code": 429, "status": "FAILED", "message": "too many requests" });
            let mut response = self.json(429, &body);
            response.headers.push(("retry-after".to_owned(), "1".to_owned()));
            return Some(response);
        }
        if self.strikes(Fault::ServerError, asked) {
            let status = if self.requests.is_multiple_of(2) { 500 } else { 503 };
            let page = b"<html><body><h1>Service Temporarily Unavailable</h1></body></html>";
            return Some(response(status, self.now, "text/html", page.to_vec()));
        }
        None
    }

    pub(crate) fn strikes(&mut self, fault: Fault, asked: &mut Asked) -> bool {
        let strikes = self.faults.strikes(fault, self.root);
        if strikes {
            asked.faults.push(fault);
        }
        strikes
    }

    fn called(
        &mut self,
        request: &Request,
        question: &Question,
        route: &Route,
        asked: &mut Asked,
    ) -> Response {
        let answer = self.allowed(request, route, asked).and_then(|()| {
            if question.unreadable {
                return Err(Failure::inside(500, "the body is no JSON object"));
            }
            match route.key {
                "auth" => self.token(question),
                "workflow.stop" => self.stop(question, asked),
                "workflow.cancel_list" => self.cancel(question, asked),
                _ => {
                    let later_page = question.number("page").is_some_and(|page| page > 1);
                    let repeats = later_page && self.strikes(Fault::DuplicatePage, asked);
                    self.listed(route.key, question, repeats)
                }
            }
        });
        let request_id = hex(self.root.child("request", self.requests).id());
        let status = answer.as_ref().err().map_or(200, |failure| failure.http);
        let body = envelope(route.family, answer.as_ref(), &request_id);
        self.json(status, &body)
    }

    fn json(&self, status: u16, body: &Value) -> Response {
        response(status, self.now, "application/json; charset=utf-8", body.to_string().into_bytes())
    }

    /// The token of a Cloud call. Chatbot calls carry a signature instead, whose algorithm is not
    /// known: it is not checked, but a foreign key is turned away.
    fn allowed(
        &mut self,
        request: &Request,
        route: &Route,
        asked: &mut Asked,
    ) -> Result<(), Failure> {
        let header = |name: &str| {
            let mut headers = request.headers.iter();
            headers.find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
        };
        match route.family {
            _ if route.key == "auth" => Ok(()),
            Family::Chatbot => match header("X-AIRudder-Sign-Key") {
                Some(key) if key != self.script.key => {
                    Err(Failure::inside(401, "the sign key is not known"))
                }
                _ => Ok(()),
            },
            Family::Cloud => {
                if self.access.expires > self.now && self.strikes(Fault::ExpiredToken, asked) {
                    self.access.expires = self.now;
                }
                let given = header("Authorization").and_then(|value| {
                    value.strip_prefix("Token ").or_else(|| value.strip_prefix("Bearer "))
                });
                let valid = self.access.expires > self.now
                    && given == Some(self.token_of(self.access.generation).as_str());
                valid
                    .then_some(())
                    .ok_or_else(|| Failure::http(401, "the token is invalid or expired"))
            }
        }
    }

    fn token(&mut self, question: &Question) -> Result<Value, Failure> {
        let right = question.text("APPKey") == Some(&self.script.key)
            && question.text("APPSecret") == Some(&self.script.secret);
        if !right {
            return Err(Failure::inside(401, "APPKey or APPSecret is wrong"));
        }
        if self.access.expires <= self.now {
            self.access.generation += 1;
        }
        self.access.expires = self.now + TOKEN_LIFE_MS;
        Ok(json!({ "token": self.token_of(self.access.generation) }))
    }

    /// Begins with `+/+/`, so that every token holds both characters.
    fn token_of(&self, generation: u64) -> String {
        let id = self.root.child("token", generation).id().to_be_bytes();
        STANDARD.encode([&[0xfb, 0xff, 0xbf], id.as_slice(), id.as_slice()].concat())
    }

    /// What is fetched by a plain link, without a sign-in.
    fn fetched(&self, path: &str) -> Response {
        let recording = path.strip_prefix("/recordings/").and_then(|name| self.recording(name));
        match recording {
            Some(sound) => response(200, self.now, "audio/wav", sound),
            None => {
                let body = json!({ "code": 404, "status": "FAILED", "message": "not found" });
                self.json(404, &body)
            }
        }
    }

    fn recording(&self, name: &str) -> Option<Vec<u8>> {
        let id = read_hex(name.strip_suffix(".wav")?)?;
        let Place::Call(workflow, at) = *self.places.get(&id)? else { return None };
        let view = self.view(workflow)?;
        let call = view.workflow.calls.get(at)?;
        let there = view.calls().any(|c| c.id == id) && call.end <= self.now;
        there.then(|| audio::recording(&view, call)).flatten()
    }
}
