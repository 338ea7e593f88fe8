//! How a body differs from the shape that its documentation gives.

use serde::Serialize;
use ts_rs::TS;

use crate::domain::chat::ShapeNotice;

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct NoticeDto {
    pub kind: NoticeKind,
    pub field: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    Missing,
    New,
    OtherType,
}

impl From<&ShapeNotice> for NoticeDto {
    fn from(notice: &ShapeNotice) -> Self {
        let (kind, field) = match notice {
            ShapeNotice::Missing(field) => (NoticeKind::Missing, field),
            ShapeNotice::New(field) => (NoticeKind::New, field),
            ShapeNotice::OtherType(field) => (NoticeKind::OtherType, field),
        };
        Self { kind, field: field.clone() }
    }
}
