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
  call = await firstRow(page, 'calls', (row) => row.has_recording);
  await page.context().close();
});
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const acts = (page) => page.evaluate(() => window.replayed.acts);
async function open(hash, options) {
  const page = await browser.open(hash, options);
  page.text = (name) => page.innerText(id(name));
  page.has = (name, words) => page.waitForFunction(([at, said]) => document.querySelector(at)?.innerText.includes(said), [id(name), words]);
  return page;
}

test('a workflow is found, opened and left by keyboard alone', async () => {
  const page = await open('#/watch');
  await page.waitForSelector(id('workflow-row'));
  await page.keyboard.press('/');
  await page.keyboard.type('status:running');
  await page.waitForFunction(() => !document.querySelector('[data-phase="failed"]'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const chosen = await page.getAttribute('[data-testid="workflow-row"][aria-selected="true"]', 'data-id');
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('stop-button'));
  assert.ok(page.url().includes(chosen.split('/')[1]));
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('workflow-row'));
  assert.equal(await page.inputValue(id('filter')), 'status:running');
  assert.equal(await page.getAttribute('[data-testid="workflow-row"][aria-selected="true"]', 'data-id'), chosen);
});

test('filter, order and scroll survive a reload', async () => {
  const page = await open('#/calls?sort=-talk');
  await page.waitForSelector(id('call-row'));
  await page.evaluate(() => document.querySelector('[role=grid]').scrollTo(0, 28 * 900));
  await page.waitForSelector('[data-testid="call-row"][aria-rowindex="905"]');
  await page.waitForFunction(() => location.hash.includes('top=900'));
  await page.reload();
  await page.waitForSelector('[data-testid="call-row"][aria-rowindex="905"]');
  assert.equal(await page.getAttribute('[role=columnheader][aria-sort=descending]', 'aria-sort'), 'descending');
});

test('only rows on screen are drawn, of two thousand', async () => {
  const page = await open('#/calls');
  await page.waitForSelector(id('call-row'));
  assert.equal(await page.getAttribute('[role=grid]', 'aria-rowcount'), '2001');
  assert.ok((await page.locator(id('call-row')).count()) < 60);
});

test('the list moves by itself, freezes and counts what waits', async () => {
  const page = await open('#/watch?filter=status:running', { search: '' });
  await page.waitForSelector(id('workflow-row'));
  const before = await page.text('workflow-row');
  await page.waitForFunction(([at, was]) => [...document.querySelectorAll(at)].map((row) => row.innerText).join() !== was, [id('workflow-row'), before]);
  await page.keyboard.press('Shift+Space');
  await page.waitForSelector(id('frozen'));
  await page.waitForFunction((at) => /[1-9]/.test(document.querySelector(at).innerText), id('frozen'));
  await page.keyboard.press('Shift+Space');
  await page.waitForSelector(id('frozen'), { state: 'detached' });
});

test('a stop sends exactly one act, however often it is pressed, and is then seen', async () => {
  const page = await open(`#/workflow/${running.id}?tab=timeline`);
  await page.click(id('stop-button'));
  await page.waitForSelector(id('confirm-button'));
  assert.ok(await page.isDisabled(id('confirm-button')));
  await page.keyboard.press('2');
  assert.equal(await page.getAttribute(id('reason-2'), 'aria-pressed'), 'true');
  await page.evaluate((at) => {
    const button = document.querySelector(at);
    for (let press = 0; press < 5; press++) button.click();
  }, id('confirm-button'));
  await page.waitForSelector(id('act-dialog'), { state: 'detached' });
  const sent = await acts(page);
  assert.equal(sent.length, 1);
  assert.match(sent[0].action_id, /^[0-9a-f-]{36}$/);
  assert.equal(sent[0].verb, 'stop_workflow');
  assert.equal(sent[0].target, running.id);
  assert.equal(sent[0].reason, 'Complaint');
  await page.waitForSelector('[data-testid="receipt"][data-step="accepted"]');
  await page.waitForSelector('[data-testid="receipt"][data-step="seen"]');
  await page.click(id('nav-journal'));
  await page.has('journal-row', 'Complaint');
});

test('a stop takes two actions: its button, and a reason that is held; let go early, nothing is sent', async () => {
  const page = await open(`#/workflow/${running.id}`);
  await page.click(id('stop-button'));
  await page.waitForSelector(id('reason-1'));
  await page.keyboard.down('1');
  await page.waitForSelector(`${id('reason-1')}.holding`);
  await page.keyboard.up('1');
  await page.waitForSelector(`${id('reason-1')}.holding`, { state: 'detached' });
  await page.hover(id('reason-4'));
  await page.mouse.down();
  await page.waitForSelector(`${id('reason-4')}.holding`);
  await page.mouse.up();
  assert.equal(await page.getAttribute(id('reason-4'), 'aria-pressed'), 'true');
  await page.waitForTimeout(1300);
  assert.equal((await acts(page)).length, 0);
  await page.mouse.down();
  await page.waitForSelector(id('act-dialog'), { state: 'detached' });
  await page.mouse.up();
  await page.click(id('nav-journal'));
  await page.waitForSelector(id('journal-row'));
  assert.equal((await acts(page)).length, 1);
});

test('over the threshold a press is not enough: it must be held', async () => {
  const page = await open(`#/workflow/${running.id}`, { search: 'still&hold' });
  await page.click(id('stop-button'));
  await page.waitForSelector(id('confirm-button'));
  await page.keyboard.press('1');
  await page.click(id('confirm-button'));
  await page.waitForTimeout(1300);
  assert.equal((await acts(page)).length, 0);
  await page.hover(id('confirm-button'));
  await page.mouse.down();
  await page.waitForSelector(id('act-dialog'), { state: 'detached' });
  await page.mouse.up();
  assert.equal((await acts(page)).length, 1);
});

test('what is refused is explained, and offers no button', async () => {
  const page = await open(`#/workflow/${running.id}`, { search: 'still&refusal=already_over' });
  await page.click(id('stop-button'));
  await page.waitForSelector(id('refusal'));
  assert.equal(await page.locator(id('confirm-button')).count(), 0);
  assert.match(await page.text('refusal'), /already over/);
});

test('an unknown outcome stays on screen with its words', async () => {
  const page = await open(`#/workflow/${running.id}`, { search: 'still&outcome=unknown' });
  await page.click(id('stop-button'));
  await page.waitForSelector(id('confirm-button'));
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-testid="act-dialog"] [data-step="unknown"]');
  assert.match(await page.text('act-dialog'), /no readable answer/);
  assert.equal((await acts(page)).length, 1);
});

test('the rest is cancelled for the number of a call', async () => {
  const page = await open(`#/call/${call.id}`);
  await page.click(id('cancel-button'));
  await page.waitForSelector(id('confirm-button'));
  await page.keyboard.press('4');
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('act-dialog'), { state: 'detached' });
  assert.deepEqual((await acts(page))[0].number_of, { kind: 'call', id: call.id });
});

test('a recording plays, seeks by key and outlives its screen', async () => {
  const page = await open(`#/call/${call.id}`);
  await page.click(id('play-button'));
  await page.waitForFunction((at) => document.querySelector(at)?.currentTime > 0.2, id('audio'));
  await page.focus(id('waveform'));
  await page.keyboard.press('5');
  const time = () => page.evaluate((at) => document.querySelector(at).currentTime, id('audio'));
  assert.ok(Math.abs((await time()) - 24) < 2);
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.waitForFunction((at) => document.querySelector(at).paused, id('audio'));
  assert.ok((await time()) < 17);
  await page.waitForSelector('[data-testid="turn"].now');
  await page.click(id('nav-watch'));
  await page.waitForSelector(id('workflow-row'));
  assert.equal(await page.locator(id('audio')).count(), 1);
});

for (const [code, words] of [['recording_gone', /not hand it out/], ['no_recording', /no recording/], ['not_audio', /no audio/]]) {
  test(`a recording that cannot be played says why: ${code}`, async () => {
    const page = await open(`#/call/${call.id}`, { search: `still&recording=${code}` });
    await page.click(id('play-button'));
    await page.waitForSelector(`[data-testid="call-detail"] [data-code="${code}"]`);
    assert.match(await page.text('player'), words);
  });
}

test('every shape of a transcript has its place, and none of it is markup', async () => {
  const page = await open('#/conversations');
  const sessions = await page.evaluate(async () => (await (await fetch('world.json')).json()).lists.find((each) => each.list === 'sessions').rows);
  const seen = new Set();
  for (const { row } of sessions.slice(0, 3)) {
    await page.goto(`${page.url().split('#')[0]}#/session/${row.id}`);
    await page.waitForSelector(id('message'));
    for (let step = 0; step < 12; step++) {
      for (const type of await page.locator(id('message')).evaluateAll((all) => all.map((one) => one.dataset.type))) seen.add(type);
      if (await page.locator(id('end-card')).count()) break;
      await page.evaluate((at) => document.querySelector(at).scrollBy(0, 400), id('transcript'));
      await page.waitForTimeout(60);
    }
    await page.waitForSelector(id('end-card'));
  }
  assert.deepEqual([...seen].sort(), ['button', 'buttons', 'cards', 'chosen', 'list', 'media', 'system', 'template', 'text', 'unknown']);
  assert.equal(await page.locator('[data-testid="transcript"] img, [data-testid="transcript"] b').count(), 0);
});

test('hostile texts keep the page in shape', async () => {
  const page = await open('#/conversations');
  const hostile = await firstRow(page, 'sessions', (row) => row.messages === 15);
  await page.goto(`${page.url().split('#')[0]}#/session/${hostile.id}`);
  await page.waitForSelector(id('message'));
  await page.evaluate((at) => document.querySelector(at).scrollTo(0, 1e7), id('transcript'));
  await page.waitForSelector(id('end-card'));
  const wide = await page.evaluate(() => [...document.querySelectorAll('[data-testid="transcript"], body')].filter((one) => one.scrollWidth > one.clientWidth + 1).length);
  assert.equal(wide, 0);
});

test('a pasted id finds its workflow', async () => {
  const page = await open('#/watch');
  await page.waitForSelector(id('workflow-row'));
  await page.keyboard.press('Control+k');
  await page.fill(id('palette-input'), running.workflow_id);
  await page.waitForSelector(`${id('palette-option')}:first-child:has-text("${running.name}")`);
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('stop-button'));
  assert.ok(page.url().includes(running.workflow_id));
});

test('language and theme change at once and are kept', async () => {
  const page = await open('#/settings');
  await page.click(id('language-zh-CN'));
  await page.click(id('theme-dark'));
  assert.equal(await page.text('nav-journal'), '操作日志');
  await page.reload();
  await page.has('nav-journal', '操作日志');
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
});

test('sign-in failing and late data cannot be missed', async () => {
  const page = await open('#/watch', { search: 'still&link=sign_in_failed' });
  await page.has('health-bar', 'refuses key and secret');
  assert.match(await page.text('health-bar'), /since .* next try/s);
  assert.match(await page.text('age'), /Late/);
  assert.equal(await page.text('demo-badge'), 'Demo data');
});
