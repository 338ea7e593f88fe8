import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstRow, start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;

/** The session at a place of the recorded list: 0 speaks English, 1 Indonesian, 2 Chinese, 3 is hostile, 4 long. */
async function open(index, options) {
  const page = await browser.open('#/watch', options);
  let at = -1;
  const session = await firstRow(page, 'sessions', () => ++at === index);
  await page.evaluate((address) => (location.hash = address), `#/conversations?open=session/${encodeURIComponent(session.id)}`);
  await page.waitForSelector(id('message'));
  page.says = (name, words) =>
    page.waitForFunction(([name, said]) => document.querySelector(name)?.innerText.includes(said), [id(name), words]);
  page.here = (index) =>
    page.waitForFunction(([name, wanted]) => document.querySelector(name)?.dataset.index === String(wanted), [`${id('transcript')} .here`, index]);
  return page;
}

test('a slash opens the field, and what is typed is counted, marked and gone through', async () => {
  const page = await open(1);
  await page.keyboard.press('/');
  await page.keyboard.type('LENGKAP');
  await page.says('within-count', '1 of 2');
  await page.here(3);
  await page.keyboard.press('Enter');
  await page.says('within-count', '2 of 2');
  await page.here(4);
  await page.keyboard.press('Enter');
  await page.says('within-count', '1 of 2');
  await page.keyboard.press('Shift+Enter');
  await page.says('within-count', '2 of 2');
  await page.click(id('within-next'));
  await page.says('within-count', '1 of 2');
  await page.fill(id('within-input'), 'nowhere at all');
  await page.says('within-count', 'not found');
  await page.focus(id('within-input'));
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('within-bar'), { state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), 'transcript');
  await page.keyboard.press('Control+f');
  await page.waitForSelector(id('within-bar'));
  assert.deepEqual(page.problems, []);
});

test('Chinese is found by one and by two characters', async () => {
  const page = await open(2);
  await page.keyboard.press('/');
  await page.keyboard.type('工资');
  await page.says('within-count', '1 of 1');
  assert.deepEqual(await page.locator(`${id('transcript')} mark`).allInnerTexts(), ['工资']);
  await page.fill(id('within-input'), '延');
  await page.waitForFunction((at) => document.querySelectorAll(at).length > 1, `${id('transcript')} mark`);
  assert.deepEqual(page.problems, []);
});

test('a message far down a long transcript comes into sight', async () => {
  const page = await open(4);
  await page.keyboard.press('/');
  await page.keyboard.type('Pesan 387');
  await page.says('within-count', '1 of 1');
  await page.waitForSelector(`${id('transcript')} .here mark:has-text("Pesan 387")`);
  assert.deepEqual(page.problems, []);
});

const asked = (page, name) => page.evaluate((wanted) => window.replayed.asked.filter((each) => each.name === wanted), name);

test('a conversation is saved as a page, and the screen says where it is', async () => {
  const page = await open(0);
  await page.click(id('save-page'));
  await page.says('page-saved', 'Saved: /home/ana/Downloads/Conversation •••• 4821.html');
  const [{ args: [session, words] }] = await asked(page, 'saveSession');
  assert.ok(page.url().includes(encodeURIComponent(session)));
  assert.equal(words.language, 'en');
  assert.equal(words.offset_minutes, 420);
  assert.equal(words.terms['sender.agent'], 'human agent');
  assert.ok(Object.values(words.terms).every((word) => !word.includes('{{')));
  assert.deepEqual(page.problems, []);
});

test('the page speaks Chinese where the screen does', async () => {
  const page = await open(2, { language: 'zh-CN' });
  await page.click(id('save-page'));
  await page.says('page-saved', '已保存');
  const [{ args: [, words] }] = await asked(page, 'saveSession');
  assert.equal(words.language, 'zh-CN');
  assert.ok(Object.entries(words).every(([name, word]) => typeof word !== 'string' || name === 'language' || /[\u4e00-\u9fff]/.test(word)), JSON.stringify(words));
});

test('a file that cannot be written is said, with the reason', async () => {
  const page = await open(0, { search: 'still&unsaved' });
  await page.click(id('save-page'));
  await page.waitForSelector('[data-code=not_saved]:has-text("the disk is full")');
  assert.deepEqual(page.problems, []);
});

test('on paper there is the transcript alone, all of it', async () => {
  const page = await open(4);
  await page.evaluate(() => (window.print = () => {}));
  await page.click(id('print-page'));
  await page.waitForFunction(() => window.replayed.asked.some((each) => each.name === 'print'));
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.isVisible(id('print')));
  assert.ok(!(await page.isVisible(id('nav-watch'))));
  const printed = await page.locator(`${id('print')} ${id('message')}`).count();
  assert.equal(printed, 409);
  assert.match(await page.innerText(id('print')), /Pesan 0[^]*Pesan 399/);
  await page.emulateMedia({ media: 'screen' });
  assert.ok(!(await page.isVisible(id('print'))));
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.waitForSelector(id('print'), { state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('a text of a hundred thousand characters is printed whole', async () => {
  const page = await open(3);
  await page.evaluate(() => (window.print = () => {}));
  await page.click(id('print-page'));
  await page.waitForFunction(() => window.replayed.asked.some((each) => each.name === 'print'));
  const longest = await page.evaluate((at) => Math.max(...[...document.querySelectorAll(`${at} .text`)].map((text) => text.textContent.length)), id('print'));
  assert.ok(longest > 100_000, String(longest));
  assert.deepEqual(page.problems, []);
});
