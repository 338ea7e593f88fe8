//! What the check wants to know of the account that it asks for.

use crate::{
    domain::{evidence::Evidence, time::Timestamp},
    vendor::{Key, Reads, catalogue::Family, fields::RecordKind, gate, transport::Method},
};

impl Reads {
    /// Where a family is asked.
    pub fn base_url(&self, family: Family) -> String {
        self.client.base(family).to_owned()
    }

    /// How the path is known, whether or not it may be asked.
    pub fn evidence(&self, key: Key) -> Evidence {
        gate::evidence(key.endpoint(), &self.client.profile)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.client.now()
    }

    pub(super) fn method(&self, key: Key) -> Method {
        self.client.profile.contract(key).method
    }

    pub(super) fn gives_path(&self, key: Key) -> bool {
        self.client.profile.gives_path(key)
    }

    /// Members of the record that the profile's field map reads.
    pub(super) fn mapped(&self, kind: RecordKind) -> Vec<String> {
        let first = |pointer: &str| {
            let name = pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
            name.replace("~1", "/").replace("~0", "~")
        };
        self.client.profile.map(kind).iter().map(|mapped| first(&mapped.pointer)).collect()
    }
}
