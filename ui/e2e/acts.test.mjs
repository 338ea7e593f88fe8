import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstRow, start } from './browser.mjs';

let browser;
let session;
let call;
before(async () => {
  browser = await start();
  const page = await browser.open('#/watch');
  session = await firstRow(page, 'sessions', (row) => row.ended_at === null && row.workflow_id !== null);
  call = await firstRow(page, 'calls', (row) => row.workflow_id === null && row.task_id !== null);
  await page.context().close();
});
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const acts = (page) => page.evaluate(() => window.replayed.acts);
const confirmed = async (page, button) => {
  await page.click(id(button));
  await page.waitForSelector(id('confirm-button'));
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('act-dialog'), { state: 'detached' });
};

test('an open session is ended once and its end is seen in its own receipt', async () => {
  const page = await browser.open(`#/session/${session.id}`);
  await page.click(id('end-button'));
  await page.waitForSelector(id('confirm-button'));
  const words = await page.innerText(id('act-dialog'));
  assert.match(words, /End the conversation with/);
  assert.match(words, /Open conversations\s+1/);
  assert.doesNotMatch(words, /Numbers not finished|pause|take over/i);
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('act-dialog'), { state: 'detached' });
  await confirmed(page, 'end-button');
  const [sent, ...more] = await acts(page);
  assert.equal(more.length, 0);
  assert.deepEqual([sent.verb, sent.target, sent.number_of], ['end_session', session.id, null]);
  await page.waitForSelector('[data-testid="receipt"][data-step="seen"]');
  assert.match(await page.innerText(id('receipt')), /Seen ended/);
  await page.click(id('nav-journal'));
  await page.waitForFunction((at) => document.querySelector(at)?.innerText.includes('End the conversation'), id('journal-row'));
  await page.dblclick(id('journal-row'));
  await page.waitForFunction((open) => location.hash.includes(open), encodeURIComponent(`session/${session.id}`).slice(0, 12));
});

test('a session that has ended is not ended again', async () => {
  const page = await browser.open('#/watch');
  const over = await firstRow(page, 'sessions', (row) => row.ended_at !== null && row.workflow_id !== null);
  const shown = await browser.open(`#/session/${over.id}`);
  await shown.waitForSelector(id('cancel-button'));
  assert.equal(await shown.locator(id('end-button')).count(), 0);
});

test('the rest of a number is cancelled in the calling task of its call', async () => {
  const page = await browser.open(`#/call/${call.id}`);
  await confirmed(page, 'cancel-button');
  const [sent] = await acts(page);
  assert.deepEqual(
    [sent.verb, sent.target, sent.number_of],
    ['cancel_task_rest', `${call.account}/${call.task_id}`, { kind: 'call', id: call.id }],
  );
  await page.waitForSelector('[data-testid="receipt"][data-step="seen"]');
  assert.match(await page.innerText(id('receipt')), /Cancel the rest in the task/);
});

for (const [kind, verb, words] of [['task', 'cancel_task', /Cancel the task/], ['plan', 'cancel_plan', /Rounds not over/]]) {
  test(`a ${kind} is cancelled from its pane, and the journal leads back to it`, async () => {
    const first = await browser.open('#/watch');
    const row = await firstRow(first, 'dialling', (each) => each.kind === kind && each.status?.phase === 'running');
    const page = await browser.open(`#/tasks?open=${encodeURIComponent(row.id)}`);
    await page.click(id('stop-button'));
    await page.waitForSelector(id('confirm-button'));
    assert.match(await page.innerText(id('act-dialog')), words);
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.waitForSelector(id('act-dialog'), { state: 'detached' });
    const [sent] = await acts(page);
    assert.deepEqual([sent.verb, sent.target, sent.number_of], [verb, row.scope, null]);
    await page.waitForSelector('[data-testid="receipt"][data-step="seen"]');
    await page.click(id('nav-journal'));
    await page.dblclick(id('journal-row'));
    await page.waitForFunction((at) => decodeURIComponent(location.hash).includes(at), row.id);
    await page.waitForSelector(id('stop-button'));
  });
}

test('where its path is a guess, a session is ended in the vendor’s console', async () => {
  const page = await browser.open(`#/session/${session.id}`, { search: 'still&refusal=not_confirmed' });
  await page.waitForFunction((at) => document.querySelector(at)?.innerText.includes('console'), id('end-button'));
  await page.click(id('end-button'));
  await page.waitForSelector(id('refusal'));
  const words = await page.innerText(id('act-dialog'));
  assert.match(words, /find the conversation/);
  assert.match(words, new RegExp(session.session_id));
  await page.click(id('trial-button'));
  await page.waitForSelector(id('trial-request'));
  assert.match(await page.innerText(id('trial-request')), /session\/end/);
  await page.keyboard.press('1');
  // The name that goes with a session is its workflow's: it does not name the session.
  await page.fill(id('trial-name'), session.workflow_name);
  assert.ok(await page.isDisabled(id('confirm-button')));
  await page.fill(id('trial-name'), session.session_id);
  await page.click(id('confirm-button'));
  await page.waitForFunction(() => window.replayed.acts.length === 1);
  assert.equal((await acts(page))[0].how, 'trial');
});
