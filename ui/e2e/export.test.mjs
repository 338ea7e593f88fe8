import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const asked = (page) => page.evaluate(() => window.replayed.asked.filter((each) => each.name === 'export').map((each) => each.args[0]));
async function open(hash, search = 'still') {
  const page = await browser.open(hash, { search });
  await page.waitForSelector(id('call-row'));
  return page;
}

test('the calls on screen become a file, in their filter and their columns, and where it is stands there', async () => {
  const page = await open('#/calls?filter=connected');
  await page.click(id('export-button'));
  await page.waitForSelector(`${id('export')}[data-end=saved]`);
  assert.match(await page.innerText(id('export')), /Calls: \d+ rows? saved[\s\S]*Downloads\/Calls .*\.csv/);
  const [ask] = await asked(page);
  assert.equal(ask.query.filter, 'connected');
  assert.deepEqual(ask.columns.slice(0, 2), [{ id: 'called', title: 'Called' }, { id: 'number', title: 'Number' }]);
  assert.ok(ask.columns.some(({ id, title }) => id === 'talk' && title === 'Talk (s)'));
  await page.click(id('nav-watch'));
  await page.waitForSelector(id('workflow-row'));
  assert.equal(await page.locator(id('export')).count(), 1, 'it outlives the screen');
  await page.click(`${id('export')} button[aria-label="Put away"]`);
  await page.waitForSelector(id('export'), { state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('a long export says how far it is, and is cancelled', async () => {
  const page = await open('#/calls', 'still&slow');
  await page.click(id('export-button'));
  await page.waitForFunction((at) => /[1-9]\d* of \d+/.test(document.querySelector(at)?.innerText ?? ''), id('export'));
  await page.click(id('cancel-export'));
  await page.waitForSelector(`${id('export')}[data-end=cancelled]`);
  assert.match(await page.innerText(id('export')), /cancelled, nothing was saved/);
});

test('a file that cannot be written says why', async () => {
  const page = await open('#/calls', 'still&unsaved');
  await page.click(id('export-button'));
  await page.waitForSelector(`${id('export')}[data-end=failed]`);
  assert.match(await page.innerText(id('export')), /disk is full/);
});

test('a hidden column is not in the file', async () => {
  const page = await open('#/calls');
  await page.click(id('columns'));
  await page.uncheck(id('column-turns'));
  await page.keyboard.press('Escape');
  await page.click(id('export-button'));
  await page.waitForSelector(`${id('export')}[data-end=saved]`);
  const [ask] = await asked(page);
  assert.ok(!ask.columns.some(({ id }) => id === 'turns'));
});
