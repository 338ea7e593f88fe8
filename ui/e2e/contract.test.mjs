import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstRow, start } from './browser.mjs';

let browser;
let running;
let call;
before(async () => {
  browser = await start();
  const page = await browser.open('#/watch');
  running = await firstRow(page, 'workflows', (row) => row.status.phase === 'running');
  call = await firstRow(page, 'calls', (row) => row.has_recording && row.workflow_id);
  await page.context().close();
});
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const CONTRACT = '#/settings?section=contract';
const asked = async (page, name) => (await page.evaluate(() => window.replayed.asked)).filter((each) => each.name === name).map((each) => each.args);
/** Presses what keeps something, and waits for the page that is loaded then. */
async function keep(page, at) {
  await Promise.all([page.waitForEvent('load'), page.click(at)]);
  await page.waitForFunction(() => window.replayed);
}
const acts = (page) => page.evaluate(() => window.replayed.acts);
const value = (path) => `[data-testid="value"][data-path="${path}"]`;
const row = (key) => `[data-testid="endpoint-row"][data-key="${key}"]`;

test('a path is corrected by keyboard alone, looked at and kept', async () => {
  const page = await browser.open(CONTRACT);
  await page.waitForSelector(row('workflow.list'));
  await page.keyboard.press('/');
  await page.keyboard.type('workflow.list');
  await page.waitForSelector(row('workflow.stop'), { state: 'detached' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.waitForSelector(row('workflow.stop'));
  await page.focus(row('workflow.templates'));
  await page.keyboard.press('j');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), 'workflow.list');
  await page.keyboard.press('Enter');
  const input = `${value('endpoint.workflow.list.path')} input`;
  await page.fill(input, 'no/slash');
  await page.click(id('look'));
  await page.waitForSelector(`${id('keep-dialog')} ${id('fault')}`);
  assert.ok(await page.isDisabled(id('keep-button')));
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('keep-dialog'), { state: 'detached' });
  await page.fill(input, '/v2/instances');
  await page.selectOption(`${value('endpoint.workflow.list.method')} select`, 'POST');
  await page.click(`${value('endpoint.workflow.list.method')} ${id('undo')}`);
  await page.click(id('look'));
  await keep(page, id('keep-button'));
  await page.waitForFunction((at) => document.querySelector(at)?.innerText.includes('/v2/instances'), row('workflow.list'));
  assert.deepEqual((await asked(page, 'keepChanges'))[0][1], [
    { path: ['endpoint', 'workflow.list', 'path'], from: null, to: '"/v2/instances"', source: 'by hand' },
  ]);
  // Once it is the profile's, it can be taken out again.
  await page.click(`${value('endpoint.workflow.list.path')} ${id('take-out')}`);
  await page.click(id('look'));
  await keep(page, id('keep-button'));
  assert.deepEqual((await asked(page, 'keepChanges'))[1][1][0], { path: ['endpoint', 'workflow.list', 'path'], from: '"/v2/instances"', to: null, source: 'by hand' });
});

test('consent to guessed reads says what it means, and is a change like any other', async () => {
  const page = await browser.open(`${CONTRACT}&part=general`);
  await page.click(id('consent'));
  await page.click(id('look'));
  await keep(page, id('keep-button'));
  await page.waitForSelector(`${id('consent')}:checked`);
  assert.deepEqual((await asked(page, 'keepChanges'))[0][1][0].to, '"assumed"');
});

test('a word of the vendor is given its status', async () => {
  const page = await browser.open(`${CONTRACT}&part=words`);
  await page.fill(`${id('add-word')} input`, '3');
  await page.selectOption(`${id('add-word')} select >> nth=1`, 'running');
  await page.click(`${id('add-word')} button`);
  await page.waitForSelector(value('status.workflow.3'));
  await page.click(id('look'));
  await keep(page, id('keep-button'));
  assert.deepEqual((await asked(page, 'keepChanges'))[0][1][0], { path: ['status', 'workflow', '3'], from: null, to: '"running"', source: 'by hand' });
});

test('the path of a read is confirmed on what a person says; of a write it is not offered', async () => {
  const page = await browser.open(`${CONTRACT}&row=workflow.list`);
  await page.fill(id('confirm-evidence'), 'mail of our contact');
  await page.click(id('confirm-path'));
  await page.click(id('look'));
  await keep(page, id('keep-button'));
  assert.deepEqual((await asked(page, 'keepChanges'))[0][1][0], { path: ['endpoint', 'workflow.list', 'confirmed'], from: null, to: '"mail of our contact"', source: 'by hand' });
  await page.click(row('workflow.stop'));
  await page.waitForSelector(`${value('endpoint.workflow.stop.path')} input`);
  assert.equal(await page.locator(id('confirm-evidence')).count(), 0);
});

test('the profile is written by hand, stays while one looks elsewhere, and is looked at before it is kept', async () => {
  const page = await browser.open(`${CONTRACT}&part=file`);
  await page.click(id('write-profile'));
  await page.fill(id('profile-text'), 'this is no profile');
  await page.click(id('look-text'));
  await page.waitForSelector(`${id('keep-dialog')} ${id('fault')}`);
  assert.ok(await page.isDisabled(id('keep-button')));
  await page.keyboard.press('Escape');
  await page.click(id('section-general'));
  await page.click(id('section-contract'));
  await page.click(id('part-file'));
  assert.equal(await page.inputValue(id('profile-text')), 'this is no profile');
  await page.fill(id('profile-text'), 'zone = "+07:00"\nreads = "known"');
  await page.click(id('look-text'));
  await page.waitForFunction((at) => document.querySelector(at)?.innerText.includes('+07:00'), id('keep-dialog'));
  await keep(page, id('keep-button'));
  assert.deepEqual((await asked(page, 'keepProfile'))[0][1], 'zone = "+07:00"\nreads = "known"');
});

test('a fault of the profile names its line', async () => {
  const page = await browser.open(CONTRACT, { search: 'still&fault' });
  await page.waitForSelector(id('fault'));
  assert.match(await page.innerText(id('fault')), /Line 12[\s\S]*pth/);
});

test('documentation is read after consent to its host; what is ambiguous is not chosen', async () => {
  const page = await browser.open(`${CONTRACT}&part=documentation`);
  await page.click(id('docs-read'));
  await page.waitForSelector(id('docs-consent'));
  assert.match(await page.innerText(id('docs-consent')), /api-docs\.airudder\.com/);
  assert.deepEqual(await asked(page, 'readDocumentation'), []);
  await page.click(id('docs-agree'));
  await page.waitForSelector(id('proposal'));
  assert.match(await page.innerText(id('confirms')), /Stop a workflow/);
  assert.equal(await page.locator(`${id('ambiguous')} input`).count(), 0);
  const all = await page.locator(id('take-change')).count();
  assert.equal(await page.locator(`${id('take-change')}:checked`).count(), all);
  const confirmed = page.locator('[data-testid="proposed"][data-key="workflow.stop"] label', { hasText: 'confirmed' }).locator('input');
  await confirmed.uncheck();
  await page.waitForSelector(id('confirms'), { state: 'detached' });
  await page.click(id('docs-keep'));
  await keep(page, id('keep-button'));
  const kept = (await asked(page, 'keepChanges'))[0][1];
  assert.equal(kept.length, all - 1);
  assert.ok(!kept.some((change) => change.path.includes('confirmed')));
});

test('a reading that takes long says how far it is, and is cancelled', async () => {
  const page = await browser.open(`${CONTRACT}&part=documentation`, { search: 'still&slow' });
  await page.click(id('docs-read'));
  await page.click(id('docs-agree'));
  await page.waitForFunction((at) => /[1-9]\d* of 24 pages/.test(document.querySelector(at)?.innerText ?? ''), id('docs-progress'));
  await page.click(id('docs-cancel'));
  await page.waitForFunction((at) => document.querySelector(at)?.innerText.includes('Nothing was changed'), id('docs-cancelled'));
  assert.equal(await page.locator(id('proposal')).count(), 0);
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'docs-read');
});

test('a value is used as a field by keys alone, and the record comes back mapped', async () => {
  const page = await browser.open(`#/call/${call.id}`);
  await page.waitForSelector(id('call-detail'));
  await page.keyboard.press('r');
  await page.waitForSelector(id('leaf'));
  await page.focus(id('raw-filter'));
  await page.keyboard.type('talkTimeMs');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'use-as');
  await page.selectOption(id('use-as'), 'talk_duration');
  assert.equal(await page.locator(id('keep-mapping')).count(), 0);
  await page.selectOption(id('unit'), 'ms');
  await page.waitForSelector(id('mapping-preview'));
  assert.match(await page.innerText(id('mapping-preview')), /209 of 214/);
  await keep(page, id('keep-mapping'));
  await page.waitForFunction(() => document.querySelector('[data-testid="leaf"][data-pointer="/talkTimeMs"]')?.innerText.includes('Talk time'));
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('raw-dialog'), { state: 'detached' });
  await page.waitForSelector(id('call-detail'));
});

test('a map that fills nothing is refused with a sentence', async () => {
  const page = await browser.open(`#/call/${call.id}`, { search: 'still&emptymap' });
  await page.click(id('raw-button'));
  await page.waitForSelector(id('leaf'));
  await page.selectOption(id('use-as'), 'case_id');
  await page.waitForSelector(id('mapping-preview'));
  assert.match(await page.innerText(id('mapping-preview')), /empty in all 214/);
  assert.equal(await page.locator(id('keep-mapping')).count(), 0);
});

test('a status word of a workflow gets its meaning', async () => {
  const page = await browser.open(`#/workflow/${running.id}`);
  await page.click(id('raw-button'));
  await page.click('[data-testid="leaf"][data-pointer="/status"]');
  await page.selectOption(id('reading'), 'running');
  await keep(page, id('keep-status'));
  const [change] = (await asked(page, 'keepChanges'))[0][1];
  assert.deepEqual([change.path, change.to], [['status', 'workflow', '3'], '"running"']);
});

test('on an unconfirmed path the button leads to the vendor’s console and sends nothing', async () => {
  const page = await browser.open(`#/workflow/${running.id}`, { search: 'still&refusal=not_confirmed' });
  await page.waitForFunction((at) => document.querySelector(at)?.innerText.includes('console'), id('stop-button'));
  await page.click(id('stop-button'));
  await page.waitForSelector(id('refusal'));
  assert.ok(await page.isDisabled(id('confirm-button')));
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('act-dialog'), { state: 'detached' });
  const sent = await acts(page);
  assert.equal(sent.length, 1);
  assert.equal(sent[0].how, 'outside');
});

test('a trial names its workflow, is sent once, and is kept when it was seen', async () => {
  const page = await browser.open(`#/workflow/${running.id}`, { search: 'still&refusal=not_confirmed' });
  await page.click(id('stop-button'));
  await page.click(id('trial-button'));
  await page.waitForSelector(id('trial-request'));
  assert.match(await page.innerText(id('trial-request')), new RegExp(running.workflow_id));
  await page.click(id('reason-3'));
  assert.ok(await page.isDisabled(id('confirm-button')));
  await page.fill(id('trial-name'), 'another one');
  assert.ok(await page.isDisabled(id('confirm-button')));
  await page.fill(id('trial-name'), running.name);
  await page.evaluate((at) => {
    const button = document.querySelector(at);
    for (let press = 0; press < 5; press++) button.click();
  }, id('confirm-button'));
  await page.waitForSelector(id('keep-trial'));
  const sent = await acts(page);
  assert.equal(sent.length, 1);
  assert.deepEqual([sent[0].how, sent[0].named], ['trial', running.name]);
  await keep(page, id('keep-trial'));
  assert.deepEqual((await asked(page, 'keepTrial'))[0], [sent[0].action_id]);
});

test('how the records changed is told where it is looked at, and stays away once it is put away', async () => {
  const page = await browser.open('#/watch');
  await page.waitForSelector(id('shape-mark'));
  await page.click(id('ledger-button'));
  await page.click(id('shape-link'));
  await page.waitForSelector(id('shape-notices'));
  const told = await page.$$eval(id('shape-change'), (rows) => rows.map((each) => [each.dataset.differs, each.innerText]));
  assert.deepEqual(told.map(([differs]) => differs), ['new', 'other_type', 'lacks']);
  assert.match(told[1][1], /\/talk_round.*Was a number, is now a list/s);
  await page.waitForSelector('.popover', { state: 'detached' });
  await page.press(id('shape-dismiss'), 'Enter');
  await page.waitForSelector(id('shape-notices'), { state: 'detached' });
  await page.waitForSelector(id('shape-mark'), { state: 'detached' });
  await page.reload();
  await page.waitForSelector(row('workflow.list'));
  assert.equal(await page.$(id('shape-notices')), null);
  assert.equal(await page.$(id('shape-mark')), null);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('a message is looked at as it was received, by its key', async () => {
  const page = await browser.open('#/conversations');
  const session = await firstRow(page, 'sessions', (each) => each.messages > 2);
  await page.goto(`${page.url().split('#')[0]}#/session/${encodeURIComponent(session.id)}`);
  await page.waitForSelector(id('message-raw'));
  await page.focus(id('message-raw'));
  await page.keyboard.press('r');
  await page.waitForSelector(id('raw-dialog'));
  const [[kind, message]] = await asked(page, 'raw');
  assert.equal(kind, 'message');
  assert.ok(message.startsWith(session.account ?? ''), message);
  await page.waitForSelector(id('leaf'));
  await page.check(id('raw-unused'));
  await page.waitForSelector('[data-pointer="/createdAt"]');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
