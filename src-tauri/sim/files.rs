//! What is fetched by a plain link, without a sign-in: the recording of a call, the archive of all
//! recordings of a task (that it is a zip is INFERRED, what its files are named is ASSUMED), and the odd
//! forms of both.

use std::io::Write;

use rawzip::{CompressionMethod, ZipArchiveWriter, path::EntryPath};
use serde_json::json;

use super::{
    ask::Asked,
    audio,
    faults::Fault,
    plan::Call,
    reply::response,
    tasks::Dialled,
    view::View,
    wire::{hex, read_hex},
    world::{Place, World},
};
use crate::vendor::transport::Response;

/// Recordings of a long task are left out of its archive beyond this: a client need not take more.
const LARGEST_ARCHIVE: usize = 48 * 1024 * 1024;

/// A file's name in an archive, and what is in it.
type File = (String, Vec<u8>);

impl World {
    pub(crate) fn archive_link(&self, task: &str) -> String {
        format!("{}/archives/{task}.zip", self.script.base_url)
    }

    pub(crate) fn fetched(&mut self, path: &str, asked: &mut Asked) -> Response {
        if let Some(name) = path.strip_prefix("/recordings/") {
            if let Some(sound) = self.recording(name) {
                return self.sound(name, sound, asked);
            }
        } else if let Some(name) = path.strip_prefix("/archives/")
            && let Some((files, newest)) = self.archived(name)
        {
            let odd = self.strikes(Fault::OddRecording, asked);
            let zip = if odd { self.odd_archive(&files, newest) } else { zipped(&files) };
            return response(200, self.now, "application/zip", zip);
        }
        let body = json!({ "code": 404, "status": "FAILED", "message": "not found" });
        self.json(404, &body)
    }

    /// The sound, or an odd form, of a call always the same: JSON with a link to itself, a circle, a page.
    fn sound(&mut self, name: &str, sound: Vec<u8>, asked: &mut Asked) -> Response {
        if !self.strikes(Fault::OddRecording, asked) {
            return response(200, self.now, "audio/wav", sound);
        }
        let link = format!("{}/recordings/{name}", self.script.base_url);
        match name.bytes().map(u32::from).sum::<u32>() % 3 {
            0 => self.json(200, &json!({ "code": 200, "status": "OK", "data": { "Link": link } })),
            1 => {
                let mut there = response(302, self.now, "text/html", Vec::new());
                there.headers.push(("location".to_owned(), link));
                there
            }
            _ => {
                let page = b"<html><body>The link has expired.</body></html>";
                response(200, self.now, "text/html", page.to_vec())
            }
        }
    }

    fn recording(&self, name: &str) -> Option<Vec<u8>> {
        let id = read_hex(name.strip_suffix(".wav")?)?;
        let (view, at) = match *self.places.get(&id)? {
            Place::Call(workflow, at) => (self.view(workflow)?, at),
            Place::Dial(dialled, at) => (self.dialled_view(dialled)?, at),
            _ => return None,
        };
        let call = view.workflow.calls.get(at)?;
        let there = view.calls().any(|c| c.id == id) && call.end <= self.now;
        there.then(|| audio::recording(&view, call)).flatten()
    }

    /// The files of a task's archive, newest first, and the id of the newest call in it.
    fn archived(&self, name: &str) -> Option<(Vec<File>, u128)> {
        let id = read_hex(name.strip_suffix(".zip")?)?;
        let (index, round) = match *self.places.get(&id)? {
            Place::Dialled(index) => (index, None),
            Place::Round(index, round) => (index, Some(round)),
            _ => return None,
        };
        let (dialled, view) = (self.dialled.get(index)?, self.dialled_view(index)?);
        let of_round = |call: &&Call| round.is_none_or(|round| call.round == round);
        let mut calls: Vec<&Call> =
            view.calls().filter(of_round).filter(|call| call.end <= self.now).collect();
        calls.sort_by_key(|call| std::cmp::Reverse(call.start));
        let (mut files, mut bytes, mut newest) = (Vec::new(), 0, None);
        for call in calls {
            let Some(sound) = audio::recording(&view, call) else { continue };
            bytes += sound.len();
            if bytes > LARGEST_ARCHIVE {
                break;
            }
            newest.get_or_insert(call.id);
            files.push((file_name(dialled, &view, call), sound));
        }
        Some((files, newest?))
    }

    /// The archive spoilt in one of several ways, in turn.
    fn odd_archive(&self, files: &[File], newest: u128) -> Vec<u8> {
        let mut zip = zipped(files);
        let name = format!("{}.wav", hex(newest));
        match self.faults.struck(Fault::OddRecording) % 6 {
            0 => zip.truncate(zip.len() / 2),
            // Every entry says that it is encrypted.
            1 => each_record(&mut zip, |record| record[8] |= 1),
            // Packed by method 14, LZMA.
            2 => each_record(&mut zip, |record| record[10] = 14),
            // 4 GB each, as they say.
            3 => each_record(&mut zip, |record| record[24..28].fill(0xFE)),
            4 => {
                let inner = [(name, zip)];
                zip = zipped(&inner);
            }
            _ => {
                let out = |path: &String| format!("../../../../tmp/{path}");
                let files: Vec<_> =
                    files.iter().map(|(path, sound)| (out(path), sound.clone())).collect();
                zip = zipped(&files);
            }
        }
        zip
    }
}

/// Half of the tasks name a file by the call alone, the others by number and call, in a folder.
fn file_name(dialled: &Dialled, view: &View<'_>, call: &Call) -> String {
    let id = hex(call.id);
    if dialled.work.index.is_multiple_of(2) {
        return format!("{id}.wav");
    }
    let number = view.callee(call.entry).trim_start_matches('+').to_owned();
    format!("recordings/round_{}/{number}_{id}.wav", call.round)
}

/// A zip of files that are not packed: speech hardly gets smaller.
fn zipped(files: &[File]) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    let mut write = |path: &str, content: &[u8]| {
        let path = EntryPath::verbatim(path.as_bytes().to_vec());
        let file = archive.new_file(path).compression_method(CompressionMethod::STORE);
        let (mut entry, config) = file.start()?;
        let mut writer = config.wrap(&mut entry);
        writer.write_all(content)?;
        let (_, descriptor) = writer.finish()?;
        entry.finish(descriptor).map(|_| ())
    };
    // Writing to memory fails for no name that the simulator makes.
    let written: Result<(), rawzip::Error> =
        files.iter().try_for_each(|(path, content)| write(path, content));
    written.and_then(|()| archive.finish()).unwrap_or_default()
}

/// Changes every record of the central directory.
fn each_record(zip: &mut [u8], change: impl Fn(&mut [u8])) {
    let at = |b: &[u8], at: usize| usize::from(u16::from_le_bytes([b[at], b[at + 1]]));
    // The end of the directory says where it begins; there is no comment behind it.
    let Some(end) = zip.len().checked_sub(22) else { return };
    let place = [zip[end + 16], zip[end + 17], zip[end + 18], zip[end + 19]];
    let mut next = usize::try_from(u32::from_le_bytes(place)).unwrap_or(end);
    while next + 46 <= end {
        let record = &mut zip[next..];
        change(record);
        next += 46 + at(record, 28) + at(record, 30) + at(record, 32);
    }
}
