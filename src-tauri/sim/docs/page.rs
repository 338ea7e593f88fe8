//! One page: a title, and an OpenAPI fragment of one path and one method in YAML.

use serde_json::{Map, Value, json};

use super::{
    Language,
    schema::{encoded, fields, object, property, record, sample},
    yaml,
};
use crate::{
    sim::contract::{
        Answer, Contract, PARAMS, Page, Paging, Param, Place, Row, Served, as_written,
    },
    vendor::transport::Method,
};

/// Text of a page. `twice` names its path a second time, as no page may.
pub(super) fn markdown(
    contract: &Contract,
    base_url: &str,
    (id, page): (u32, &Page),
    language: Language,
    twice: bool,
) -> String {
    let writer = Writer { contract, language, schemas: Map::new() };
    let yaml = yaml::written(&writer.fragment(id, page, base_url));
    let yaml = if twice { named_twice(&yaml) } else { yaml };
    let (title, about) = (language.of(page.title), language.of(page.about));
    format!("# {title}\n\n{about}\n\n## OpenAPI Specification\n\n```yaml\n{yaml}```\n")
}

/// The path of the fragment once more, behind itself.
fn named_twice(yaml: &str) -> String {
    let path = yaml.lines().skip_while(|line| *line != "paths:").nth(1).unwrap_or_default();
    let again =
        format!("{path}\n    post:\n      summary: Something else\n      responses: {{}}\n");
    yaml.replacen("\ncomponents:", &format!("\n{again}components:"), 1)
}

struct Writer<'a> {
    contract: &'a Contract,
    language: Language,
    /// Schemas that are referred to, by title.
    schemas: Map<String, Value>,
}

/// Which header and envelope an endpoint has.
#[derive(Clone, Copy, PartialEq)]
enum Family {
    Cloud,
    Chatbot,
    Dialer,
    /// The customer's own server.
    Hook,
}

impl Family {
    fn of(key: &str) -> Self {
        match key.split('.').next() {
            Some("chat" | "waba") => Self::Chatbot,
            Some("pds") => Self::Dialer,
            Some("hook") => Self::Hook,
            _ => Self::Cloud,
        }
    }
}

impl Writer<'_> {
    fn fragment(mut self, id: u32, page: &Page, base_url: &str) -> Value {
        let family = Family::of(page.key);
        let written = as_written(page);
        // A page that the contract serves under another path is the page of that path.
        let served = self.contract.served(page.key).cloned().unwrap_or(written);
        let (response, body) = match family {
            Family::Hook => {
                (json!({ "type": "object", "properties": {} }), self.data(&served, page))
            }
            _ => (self.envelope(family, &served, page), self.asked(&served)),
        };
        let folder = self.language.of(page.folder);
        let mut operation = json!({
            "summary": self.language.of(page.title),
            "deprecated": false,
            "description": self.language.of(page.about),
            "tags": [folder],
            "parameters": self.parameters(family, page.key, &served),
        });
        let has_body =
            family == Family::Hook || served.params.iter().any(|p| p.place == Place::Body);
        if has_body {
            let example = sample(&body, &self.schemas);
            operation["requestBody"] = json!({ "content": { "application/json": { "schema": body, "example": example } } });
        }
        let example = sample(&response, &self.schemas);
        operation["responses"] = json!({
            "200": {
                "description": "",
                "content": { "application/json": { "schema": response, "example": example } },
                "headers": {},
                "x-apifox-name": self.language.of(("OK", "成功")),
            },
        });
        operation["security"] = json!([]);
        operation["x-apifox-folder"] = folder.into();
        operation["x-apifox-status"] = "released".into();
        let run = format!("https://app.apifox.com/web/project/2061453/apis/api-{id}-run");
        operation["x-run-in-apifox"] = run.into();
        let method = if served.method == Method::Get { "get" } else { "post" };
        let mut methods = Map::new();
        methods.insert(method.to_owned(), operation);
        let mut paths = Map::new();
        paths.insert(served.path.clone(), methods.into());
        json!({
            "openapi": "3.0.1",
            "info": { "title": "", "description": "", "version": "1.0.0" },
            "paths": paths,
            "components": { "schemas": self.schemas, "securitySchemes": {} },
            "servers": [{ "url": base_url, "description": self.language.of(("Prod Env", "正式环境")) }],
            "security": [],
        })
    }

    fn parameters(&self, family: Family, key: &str, served: &Served) -> Value {
        let header = |name: &str, example: &str| {
            json!({
                "name": name, "in": "header", "description": "", "required": true,
                "example": example, "schema": { "type": "string" },
            })
        };
        let mut all = match family {
            _ if key.ends_with("auth") => Vec::new(),
            Family::Cloud | Family::Dialer => vec![header("Authorization", "Token xxxxxx")],
            Family::Chatbot => vec![
                header("X-AIRudder-Sign-Key", "your sign key"),
                header("X-AIRudder-Sign", "signature of the body"),
            ],
            Family::Hook => vec![header("X-AIRudder-Sign", "signature of the body")],
        };
        let outside = served.params.iter().filter(|p| p.place != Place::Body);
        all.extend(outside.map(|param| {
            let mut schema = self.parameter(param);
            let about = schema["title"].take();
            if let Some(fields) = schema.as_object_mut() {
                fields.remove("title");
            }
            let example = schema.get("example").cloned().unwrap_or(Value::Null);
            let place = if param.place == Place::Path { "path" } else { "query" };
            json!({
                "name": param.name, "in": place, "description": about, "required": param.required,
                "example": example, "schema": schema,
            })
        }));
        all.into()
    }

    /// The schema of one parameter.
    fn parameter(&self, param: &Param) -> Value {
        let layout = self.contract.layout(Row::Workflow);
        match PARAMS.iter().find(|field| field.name == param.ours) {
            Some(field) => property(field, layout, self.language),
            None => json!({ "type": "string" }),
        }
    }

    /// The schema of a request's body.
    fn asked(&self, served: &Served) -> Value {
        let inside = served.params.iter().filter(|p| p.place == Place::Body);
        object(inside.map(|p| (vec![p.name.clone()], self.parameter(p), p.required)).collect())
    }

    fn envelope(&mut self, family: Family, served: &Served, page: &Page) -> Value {
        let data = self.data(served, page);
        let code = |title| json!({ "type": "integer", "title": title, "example": 200 });
        let text = |title, example| json!({ "type": "string", "title": title, "example": example });
        let language = self.language;
        let result = language.of(("Result code", "结果码"));
        let message = language.of(("Result message", "结果信息"));
        let one = |name: &str, schema: Value| (vec![name.to_owned()], schema, true);
        object(match family {
            Family::Chatbot => vec![
                one("request_id", text(language.of(("Request ID", "请求ID")), "b2f1…")),
                one("code", code(result)),
                one("message", text(message, "Success")),
                one("data", data),
            ],
            Family::Dialer => vec![
                one("code", json!({ "type": "integer", "title": result, "example": 0 })),
                one("message", text(message, "successfully")),
                one("body", data),
            ],
            Family::Cloud | Family::Hook => vec![
                one("code", code(result)),
                one("status", text(message, "OK")),
                one("data", data),
            ],
        })
    }

    /// What stands in the envelope, or the body of a webhook.
    fn data(&mut self, served: &Served, page: &Page) -> Value {
        let language = self.language;
        match page.answer {
            Answer::Nothing => json!({ "type": "object", "properties": {} }),
            Answer::Fields(own) => self.numbered(page.key, fields(own, language)),
            Answer::One(row, only) => {
                let one = self.row(row, only);
                match served.list.is_empty() {
                    true => one,
                    false => object(vec![(served.list.clone(), one, true)]),
                }
            }
            Answer::List(row, only) => {
                let rows = self.row(row, only);
                self.page(served, rows, language.of(row.title()))
            }
            Answer::ListOf(own) => {
                let rows = fields(own, language);
                self.page(served, rows, "")
            }
        }
    }

    fn page(&self, served: &Served, rows: Value, title: &str) -> Value {
        let about = match self.language {
            Language::English => format!("List of records: {title}"),
            Language::Chinese => format!("{title}列表"),
        };
        let rows = json!({ "type": "array", "items": rows, "title": about });
        let mut members = vec![(served.list.clone(), rows, true)];
        if let Some(walk) = &served.total {
            let title = self.language.of(("Total number of records", "总条数"));
            let total = json!({ "type": "integer", "title": title, "example": 132 });
            members.push((walk.clone(), total, false));
        }
        if let (Some(walk), Paging::Cursor) = (&served.cursor, served.paging) {
            let title = self.language.of(("Cursor of the next page", "下一页游标"));
            let about = self.language.of(("Empty on the last page", "最后一页为空"));
            let cursor = json!({
                "type": "string", "title": title, "description": about, "example": "YWZ0ZXIgcGFnZSAx",
            });
            members.push((walk.clone(), cursor, false));
        }
        object(members)
    }

    /// The schema of a record; that of the larger ones is referred to.
    fn row(&mut self, row: Row, only: &[&str]) -> Value {
        let schema = record(row, only, self.contract.layout(row), self.language);
        if !only.is_empty() || ![Row::Call, Row::Message, Row::WabaMessage].contains(&row) {
            return schema;
        }
        let title = self.language.of(row.title());
        self.schemas.insert(title.to_owned(), schema);
        json!({ "$ref": format!("#/components/schemas/{}", encoded(title)) })
    }

    /// Bodies that keep their names under every contract; their statuses are those of the one in force.
    fn numbered(&self, key: &str, mut schema: Value) -> Value {
        if !self.contract.scrambled {
            return schema;
        }
        let status = |row: Row, name: &str| {
            row.field(name).map(|f| property(f, self.contract.layout(row), self.language))
        };
        let properties = &mut schema["properties"];
        match (key, status(Row::Workflow, "status"), status(Row::Task, "status")) {
            ("hook.workflow_status", Some(own), _) => {
                properties["status"] = own;
                if let Some(status) = status(Row::Node, "task_status") {
                    properties["actions"]["items"]["properties"]["task_status"] = status;
                }
            }
            ("hook.task", _, Some(own)) => properties["status"] = own,
            _ => {}
        }
        schema
    }
}
