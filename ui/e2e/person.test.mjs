import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstRow, start } from './browser.mjs';

let browser;
let call;
let running;
before(async () => {
  browser = await start();
  const page = await browser.open('#/watch');
  call = await firstRow(page, 'calls', (row) => row.case_id === 'case-4821' && row.has_recording);
  running = await firstRow(page, 'workflows', (row) => row.status.phase === 'running');
  await page.context().close();
});
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const person = () => `#/person/${call.account}/call/${call.call_id}`;
const open = (hash, options) => browser.open(hash, options);

test('a person is reached from a call by key, and the address holds no number', async () => {
  const page = await open(`#/calls?sel=${encodeURIComponent(call.id)}`);
  await page.waitForSelector(id('call-row'));
  await page.keyboard.press('p');
  await page.waitForSelector(id('person-row'));
  assert.ok(page.url().includes(`/person/demo/call/${call.call_id}`));
  assert.ok(!page.url().includes('4821'));
  assert.match(await page.innerText(id('person-head')), /4821/);
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('call-row'));
  assert.deepEqual(page.problems, []);
});

test('rounds of all workflows, messages and conversations stand in one list and on one axis', async () => {
  const page = await open(person());
  await page.waitForSelector(id('person-row'));
  const kinds = await page.locator(id('person-mark')).evaluateAll((all) => all.map((one) => one.dataset.kind));
  assert.deepEqual([...new Set(kinds)].sort(), ['call', 'session', 'waba']);
  assert.equal(await page.locator(id('person-row')).count(), kinds.length);
  await page.click(id('only-waba'));
  await page.waitForFunction((at) => document.querySelectorAll(at).length === 3, id('person-row'));
  assert.match(await page.innerText('[role=grid]'), /131026 Message undeliverable/);
});

test('a row opens its record, a recording plays in place, and all of it by keyboard', async () => {
  const page = await open(person());
  await page.waitForSelector(id('person-row'));
  await page.focus(id('person-chart'));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.waitForSelector(`${id('person-row')}[aria-rowindex="3"][aria-selected="true"]`);
  await page.keyboard.press('Space');
  await page.waitForFunction((at) => document.querySelector(at)?.currentTime > 0.1, id('audio'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('call-detail'));
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('call-detail'), { state: 'detached' });
  await page.click(`${id('person-mark')}[data-kind="session"] >> nth=0`);
  await page.waitForSelector(id('transcript'));
  await page.click(`${id('person-row')}:has-text("failed")`);
  await page.waitForSelector(id('waba-detail'));
  assert.match(await page.innerText(id('waba-detail')), /Message undeliverable/);
  assert.deepEqual(page.problems, []);
});

test('the axis is cut where nothing happened, or to scale when that is asked for', async () => {
  const page = await open(person());
  await page.waitForSelector(id('person-mark'));
  assert.ok((await page.locator('.pause').count()) > 1);
  await page.click(id('to-scale'));
  await page.waitForFunction(() => document.querySelectorAll('.pause').length === 0);
  await page.waitForFunction(() => location.hash.includes('scale=true'));
  await page.reload();
  await page.waitForSelector(id('person-mark'));
  assert.equal(await page.getAttribute(id('to-scale'), 'aria-pressed'), 'true');
});

test('a typed number leads to its person', async () => {
  const page = await open('#/watch');
  await page.waitForSelector(id('workflow-row'));
  await page.keyboard.press('Control+k');
  await page.fill(id('palette-input'), '4821');
  await page.click(`${id('palette-option')}:has-text("Person")`);
  await page.waitForSelector(id('person-row'));
  await page.keyboard.press('Control+k');
  await page.fill(id('palette-input'), '+6281234564821');
  await page.click(`${id('palette-option')}:has-text("6281234564821")`);
  await page.waitForSelector(`${id('found')}[data-kind="number"]`);
  await page.click(`${id('found')}[data-kind="number"] ${id('found-open')}`);
  await page.waitForSelector(id('person-row'));
  assert.ok(!page.url().includes('6281234564821'));
});

test('a record that is not stored says so', async () => {
  const page = await open('#/person/demo/call/none');
  await page.waitForFunction(() => document.body.innerText.includes('Nobody to show'));
});

test('the funnel keeps the vendor’s counts and the stored messages apart, with formula and reasons', async () => {
  const page = await open(`#/workflow/${running.id}?tab=waba`);
  await page.waitForSelector(id('funnel'));
  assert.match(await page.innerText(id('funnel-vendor')), /4,312/);
  assert.match(await page.innerText(id('funnel-stored')), /4,120/);
  assert.match(await page.innerText(id('funnel-reasons')), /131026 Message undeliverable\s*148/);
  await page.click(`${id('funnel-vendor')} .figure >> nth=4`);
  assert.match(await page.innerText('.popover'), /both as the vendor counts them[\s\S]*204[\s\S]*2,890[\s\S]*1 of 2 batches/);
  await page.keyboard.press('Escape');
  await page.click(id('funnel-by-template'));
  await page.waitForFunction((at) => document.querySelectorAll(at).length === 2, id('funnel-group'));
  assert.match(await page.innerText(`${id('funnel-group')} >> nth=1`), /huankuan_tixing[\s\S]*not reported/);
  await page.click(id('funnel-by-node'));
  await page.waitForFunction((at) => document.querySelector(at)?.innerText.includes('No message stored'), `${id('funnel-group')}:nth-child(2)`);
});

test('a WhatsApp message opens from its row', async () => {
  const page = await open(`#/workflow/${running.id}?tab=waba`);
  await page.click(`${id('waba-row')} >> nth=7`);
  await page.waitForSelector(id('waba-detail'));
  await page.keyboard.press('p');
  await page.waitForSelector(id('person-row'));
  assert.match(page.url(), /#\/person\/[^/]+\/waba\//);
});

test('conversations say who started them, and the chatbot’s own ask for its key', async () => {
  const page = await open('#/conversations');
  await page.waitForSelector(id('session-row'));
  await page.click(id('origin-chatbot'));
  await page.waitForFunction((at) => [...document.querySelectorAll(at)].every((one) => one.dataset.origin === 'chatbot'), id('origin'));
  assert.equal(await page.locator(id('session-row')).count(), 4);
  const own = await open('#/conversations', { search: 'still&real' });
  await own.click(id('origin-chatbot'));
  await own.waitForSelector(`${id('own-sessions')} [data-next="keys"]`);
  assert.match(await own.innerText(id('own-sessions')), /need the chatbot key/);
  await own.click(`${id('own-sessions')} a >> nth=0`);
  await own.waitForSelector(id('chatbot-key'));
});
