//! A request to the world, from its bytes to the bytes of the answer.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{
    ask::{Asked, Parts, Question},
    contract::{Paging, Served, next_cursor},
    faults::Fault,
    list::{Repeats, page_number, page_size},
    odd,
    reply::{Delivery, Failure, Family, Reply, envelope, response},
    routes::{self, Route, WRITES},
    sign,
    wire::hex,
    world::{Access, World},
};
use crate::vendor::transport::{Request, Response};

const TOKEN_LIFE_MS: i64 = 24 * 3600 * 1000;

impl World {
    /// Lets time run until `now` and answers.
    pub fn handle(&mut self, now: i64, request: &Request) -> Reply {
        self.advance(now);
        self.requests += 1;
        let (question, served) = self.contract.question(request.method, Parts::read(request));
        let known_only = self.script.known_only;
        let served = self.contract.of_type(served, &question);
        let route = served.and_then(|s| Some((routes::find(s.key, known_only)?, s.clone())));
        let mut asked = Asked {
            at: self.now,
            method: request.method,
            path: question.path.clone(),
            endpoint: route.as_ref().map(|(r, _)| r.key),
            workflow_id: question.text("workflow_id").map(str::to_owned),
            subject: ["TaskID", "PlanID", "call_id"]
                .into_iter()
                .find_map(|name| question.text(name))
                .map(str::to_owned),
            callee: ["callee", "CalleeNumber"]
                .into_iter()
                .find_map(|name| question.text(name))
                .map(str::to_owned),
            page: question.number("page"),
            status: 0,
            faults: Vec::new(),
            effect: false,
        };
        let reply = self.answered(request, &question, route.as_ref(), &mut asked);
        asked.status = reply.response.status;
        self.remember(asked);
        reply
    }

    fn answered(
        &mut self,
        request: &Request,
        question: &Question,
        route: Option<&(&'static Route, Served)>,
        asked: &mut Asked,
    ) -> Reply {
        let delay_ms = if self.strikes(Fault::Slow, asked) { 2_000 } else { 0 };
        let response = match self.refused(asked) {
            Some(response) => response,
            None => match route {
                Some((route, served)) => self.called(request, question, (route, served), asked),
                None if question.path.starts_with("/docs") => self.read_up(&question.path, asked),
                None => self.fetched(&question.path, asked),
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
        (route, served): (&Route, &Served),
        asked: &mut Asked,
    ) -> Response {
        let allowed = self.allowed(request, route, asked);
        if allowed.is_ok()
            && route.key == "task.recording"
            && let Some(sound) = self.sound_sent(question)
        {
            return sound;
        }
        let answer = allowed.and_then(|()| {
            if question.unreadable {
                return Err(Failure::inside(500, "the body is no JSON object"));
            }
            match route.key {
                "auth" | "pds.auth" => self.token(question, route.family),
                key if WRITES.contains(&key) => self.act(key, question, asked),
                _ => self.told(question, served, asked),
            }
        });
        let request_id = hex(self.root.child("request", self.requests).id());
        let status = answer.as_ref().err().map_or(200, |failure| failure.http);
        let body = envelope(route.family, answer.as_ref(), &request_id);
        self.json(status, &body)
    }

    /// What a read answers, in the form of the contract in force.
    fn told(
        &mut self,
        question: &Question,
        served: &Served,
        asked: &mut Asked,
    ) -> Result<Value, Failure> {
        let repeats = self.repeats(question, served, asked);
        let mut data = self.listed(served.key, question, repeats)?;
        let total = data.get("total").and_then(Value::as_i64);
        let next = self.next(question, served, total.unwrap_or(0), asked);
        if let Some(total) = total
            && self.strikes(Fault::TotalChanges, asked)
        {
            let more = i64::try_from(self.requests % 3).unwrap_or(0);
            data["total"] = (total + 1 + more).into();
        }
        let mut data = self.contract.answer(served, data, &next);
        if self.strikes(Fault::Odd, asked) {
            odd::make(&mut data);
        }
        Ok(data)
    }

    fn repeats(&mut self, question: &Question, served: &Served, asked: &mut Asked) -> Repeats {
        let goes_on = served.paging == Paging::Messages && question.text("last_msg_id").is_some();
        let skips = question.number("offset").is_some_and(|n| n > 0);
        match page_number(question) > 1 || skips {
            _ if goes_on && self.strikes(Fault::CursorLoop, asked) => Repeats::Whole,
            true if self.strikes(Fault::RepeatRows, asked) => Repeats::Whole,
            true if self.strikes(Fault::DuplicatePage, asked) => Repeats::Third,
            _ => Repeats::Nothing,
        }
    }

    /// The cursor of the page behind this one; empty on the last, and where there are no cursors.
    fn next(
        &mut self,
        question: &Question,
        served: &Served,
        total: i64,
        asked: &mut Asked,
    ) -> String {
        let page = page_number(question);
        let told = page.saturating_mul(page_size(question));
        match served.paging {
            Paging::Cursor if told >= total => String::new(),
            Paging::Cursor if self.strikes(Fault::CursorLoop, asked) => next_cursor(page - 1),
            Paging::Cursor => next_cursor(page),
            _ => String::new(),
        }
    }

    pub(crate) fn json(&self, status: u16, body: &Value) -> Response {
        response(status, self.now, "application/json; charset=utf-8", body.to_string().into_bytes())
    }

    /// The token of a Cloud or dialer call. Chatbot calls carry a signature instead, whose algorithm is
    /// not known: it is checked where the script chooses one; a foreign key is always turned away.
    fn allowed(
        &mut self,
        request: &Request,
        route: &Route,
        asked: &mut Asked,
    ) -> Result<(), Failure> {
        match route.family {
            _ if ["auth", "pds.auth"].contains(&route.key) => Ok(()),
            Family::Chatbot => self.signed(request),
            Family::Pds => self.carries(request, &self.dialer_access).then_some(()).ok_or_else(
                // OBSERVED: 10813 is an expired token.
                || Failure::inside(10_813, "the token is invalid or expired"),
            ),
            Family::Cloud => {
                if self.access.expires > self.now && self.strikes(Fault::ExpiredToken, asked) {
                    self.access.expires = self.now;
                }
                let valid = self.carries(request, &self.access);
                valid
                    .then_some(())
                    .ok_or_else(|| Failure::http(401, "the token is invalid or expired"))
            }
        }
    }

    fn carries(&self, request: &Request, access: &Access) -> bool {
        let given = header(request, "Authorization").and_then(|value| {
            value.strip_prefix("Token ").or_else(|| value.strip_prefix("Bearer "))
        });
        access.expires > self.now && given == Some(self.token_of(access).as_str())
    }

    fn signed(&self, request: &Request) -> Result<(), Failure> {
        let (script, given) = (&self.script, header(request, "X-AIRudder-Sign-Key"));
        let key_fits = match (&script.chat_key, given) {
            (Some(key), given) => given == Some(key.as_str()),
            (None, Some(given)) => given == script.key,
            (None, None) => true,
        };
        if !key_fits {
            return Err(Failure::inside(401, "the sign key is not known"));
        }
        let Some((word, secret)) = &script.chat_sign else { return Ok(()) };
        let wanted = sign::signature(word, given.unwrap_or_default(), secret, &request.body);
        match wanted == header(request, "X-AIRudder-Sign").map(str::to_owned) {
            true => Ok(()),
            false => Err(Failure::inside(401, "the signature does not match the body")),
        }
    }

    fn token(&mut self, question: &Question, family: Family) -> Result<Value, Failure> {
        let right = question.text("APPKey") == Some(&self.script.key)
            && question.text("APPSecret") == Some(&self.script.secret);
        if !right {
            // OBSERVED of the dialer: 10301 is an invalid app key.
            let code = if family == Family::Pds { 10_301 } else { 401 };
            return Err(Failure::inside(code, "APPKey or APPSecret is wrong"));
        }
        let now = self.now;
        let dialer = family == Family::Pds;
        let access = if dialer { &mut self.dialer_access } else { &mut self.access };
        if access.expires <= now {
            // The dialer's tokens are none of the Cloud's.
            access.generation += if dialer && access.generation == 0 { 1_000_000 } else { 1 };
        }
        access.expires = now + TOKEN_LIFE_MS;
        let access = if dialer { &self.dialer_access } else { &self.access };
        Ok(json!({ "token": self.token_of(access) }))
    }

    /// Begins with `+/+/`, so that every token holds both characters.
    fn token_of(&self, access: &Access) -> String {
        let id = self.root.child("token", access.generation).id().to_be_bytes();
        STANDARD.encode([&[0xfb, 0xff, 0xbf], id.as_slice(), id.as_slice()].concat())
    }
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut headers = request.headers.iter();
    headers.find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}
