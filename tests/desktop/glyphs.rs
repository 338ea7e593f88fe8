//! Every character of the Chinese screen and of the Chinese guide has a shape in the font of the page. One that no font
//! has is drawn as a box, and nothing else would say so.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Value, json};

use crate::{driver::with_app, page::Page};

/// Each is drawn alone and compared, point by point, with how the window draws characters that nobody assigned.
/// Those differ from one another where the box holds the number of the character, so several are drawn, and
/// a character of the same length in digits looks as empty as one of them when the inside is left out.
const MISSING: &str = r"
const [characters] = arguments;
const canvas = Object.assign(document.createElement('canvas'), { width: 48, height: 48 });
const pen = canvas.getContext('2d', { willReadFrequently: true });
const drawn = (character) => {
  pen.clearRect(0, 0, 48, 48);
  pen.font = `24px ${getComputedStyle(document.body).fontFamily}`;
  pen.textBaseline = 'middle';
  pen.fillText(character, 8, 24);
  return pen.getImageData(0, 0, 48, 48).data;
};
const width = (character) => pen.measureText(character).width;
const edge = (data) => {
  const ink = (x, y) => data[(y * 48 + x) * 4 + 3];
  const rows = [], columns = [];
  for (let at = 0; at < 48; at++) {
    let row = 0, column = 0;
    for (let other = 0; other < 48; other++) { row += ink(other, at) > 0; column += ink(at, other) > 0; }
    rows.push(row); columns.push(column);
  }
  const first = (counts) => counts.findIndex((count) => count > 0);
  const last = (counts) => counts.findLastIndex((count) => count > 0);
  const box = [first(columns), first(rows), last(columns), last(rows)];
  const line = [];
  for (let x = box[0]; x <= box[2]; x++) line.push(ink(x, box[1]), ink(x, box[3]));
  for (let y = box[1]; y <= box[3]; y++) line.push(ink(box[0], y), ink(box[2], y));
  return JSON.stringify([box, line]);
};
const whole = (character) => { const data = drawn(character); return [edge(data), data.join(), width(character)].map(String); };
const nobodys = ['\u{10FFFE}', '\u{10FFFD}', '\uE0FF', '\uF8F0'].map(whole);
return characters.filter((character) => {
  const [frame, picture, wide] = whole(character);
  return nobodys.some(([of, all, same]) => picture === all || (frame === of && wide === same));
});
";

#[tokio::test(flavor = "multi_thread")]
async fn every_chinese_character_has_a_shape() {
    let characters = characters();
    assert!(characters.len() > 500, "the texts were not found: {} characters", characters.len());
    with_app(&["--demo", "--seed", "7"], |page| async move {
        page.prefer("zh-CN", "light").await;
        let found = missing(&page, &characters).await;
        assert!(found.is_empty(), "no font has {found:?}: see xtask/src/setup.rs for the fonts");

        // The same question about what no font has, among what every font has.
        let with_hole = ["中", "\u{E123}", "A", "\u{10FFFE}"].map(str::to_owned).to_vec();
        assert_eq!(missing(&page, &with_hole).await, ["\u{E123}", "\u{10FFFE}"]);
    })
    .await;
}

async fn missing(page: &Page, characters: &[String]) -> Vec<String> {
    let found = page.ask(MISSING, vec![json!(characters)]).await;
    let found = found.as_array().expect("a list of characters");
    found.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Every distinct character beyond ASCII that is drawn by itself.
fn characters() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    for (folder, ending) in [("ui/src/text/zh-CN", "ts"), ("docs/guide/zh-CN", "md")] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == ending) {
                found.extend(fs::read_to_string(&path).unwrap().chars());
            }
        }
    }
    found.retain(|each| !each.is_ascii() && !each.is_whitespace() && !each.is_control());
    found.into_iter().map(String::from).collect()
}
