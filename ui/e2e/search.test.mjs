import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;

async function open(hash = '#/conversations', options) {
  const page = await browser.open(hash, options);
  page.says = (name, words) =>
    page.waitForFunction(([at, said]) => document.querySelector(at)?.innerText.includes(said), [id(name), words]);
  page.marks = (name) => page.locator(`${id(name)} mark`).allInnerTexts();
  return page;
}

async function search(page, typed) {
  await page.fill(id('spoken-search'), typed);
  await page.waitForFunction(
    ([at, text]) => [...document.querySelectorAll(at)].length > 0 && [...document.querySelectorAll(`${at} mark`)].every((mark) => mark.innerText.toLowerCase() === text.toLowerCase()),
    [id('spoken-row'), typed],
  );
}

test('a word of two Chinese characters is found, and the address keeps it over a reload', async () => {
  const page = await open();
  await page.waitForSelector(id('session-row'));
  await search(page, '延期');
  await page.says('spoken-count', 'places');
  const count = await page.innerText(id('spoken-count'));
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes('q=延期'));
  await page.reload();
  await page.waitForSelector(id('spoken-row'));
  assert.equal(await page.inputValue(id('spoken-search')), '延期');
  await page.says('spoken-count', count);
  await page.fill(id('spoken-search'), '');
  await page.waitForSelector(id('session-row'));
  assert.deepEqual(page.problems, []);
});

test('a result opens the transcript at its message, with the words marked, and back leads to the results', async () => {
  const page = await open();
  await search(page, 'lengkap');
  await page.click(`${id('spoken-row')} >> nth=1`);
  await page.waitForSelector(`${id('transcript')} .here mark`);
  assert.ok((await page.marks('transcript')).every((mark) => mark.toLowerCase() === 'lengkap'));
  await page.waitForFunction((at) => /^\d+ of \d+$/.test(document.querySelector(at)?.innerText ?? ''), id('within-count'));
  const position = await page.getAttribute(`${id('transcript')} .here`, 'data-index');
  await page.waitForFunction((at) => decodeURIComponent(location.hash).includes(`#${at}`), position);
  await page.reload();
  await page.waitForFunction(([at, index]) => document.querySelector(at)?.dataset.index === index, [`${id('transcript')} .here`, position]);
  await page.goBack();
  await page.waitForSelector(id('transcript'), { state: 'detached' });
  await page.waitForSelector(id('spoken-row'));
  assert.deepEqual(page.problems, []);
});

test('by keyboard: search, choose, open, next place, and out again', async () => {
  const page = await open();
  await page.waitForSelector(id('session-row'));
  await page.keyboard.press('Control+f');
  await page.keyboard.type('friday');
  await page.waitForSelector(id('spoken-row'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${id('transcript')} .here mark`);
  const at = () => page.getAttribute(`${id('transcript')} .here`, 'data-index');
  const first = await at();
  await page.keyboard.press('F3');
  await page.waitForFunction(([name, index]) => document.querySelector(name)?.dataset.index !== index, [`${id('transcript')} .here`, first]);
  await page.keyboard.press('Shift+F3');
  await page.waitForFunction(([name, index]) => document.querySelector(name)?.dataset.index === index, [`${id('transcript')} .here`, first]);
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('within-bar'), { state: 'detached' });
  assert.equal(await page.locator(`${id('transcript')} mark`).count(), 0);
  assert.deepEqual(page.problems, []);
});

test('what nobody said, and signs that are no words, are said in words', async () => {
  const page = await open();
  await page.fill(id('spoken-search'), 'zebra"unlikely');
  await page.says('spoken-none', 'Nobody said “zebra"unlikely”');
  await page.fill(id('spoken-search'), '*()"');
  await page.says('spoken-none', 'no letter');
  await page.fill(id('spoken-search'), '<img src=x onerror=alert(1)>');
  await page.waitForSelector(id('snippet'));
  assert.equal(await page.locator(`${id('snippet')} img`).count(), 0);
  await page.evaluate((at) => {
    const input = document.querySelector(at);
    input.value = 'x'.repeat(100_000);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, id('spoken-search'));
  await page.waitForFunction((at) => document.querySelector(at) !== null, `${id('spoken-row')}, ${id('spoken-none')}`);
  assert.deepEqual(page.problems, []);
});

test('how far an older store is indexed is said beside the count', async () => {
  const page = await open('#/conversations?q=friday', { search: 'still&indexing' });
  await page.says('spoken-indexed', 'indexed 12,500 of 48,000');
  assert.deepEqual(page.problems, []);
});

test('the palette leads from anywhere to the search', async () => {
  const page = await open('#/watch');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('工资');
  await page.click(`${id('palette-option')}:has-text("Search transcripts for “工资”")`);
  await page.waitForSelector(id('spoken-row'));
  assert.equal(await page.inputValue(id('spoken-search')), '工资');
  assert.deepEqual(page.problems, []);
});
