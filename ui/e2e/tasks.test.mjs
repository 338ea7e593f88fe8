import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './browser.mjs';

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
async function open(hash, options) {
  const page = await browser.open(hash, options);
  page.has = (name, words) => page.waitForFunction(([at, said]) => document.querySelector(at)?.innerText.includes(said), [id(name), words]);
  page.rows = (name = 'dialling-row') => page.locator(id(name)).allInnerTexts();
  page.opened = (kind) => page.waitForFunction((word) => new URLSearchParams(location.hash.split('?')[1]).get('open')?.startsWith(`${word}/`), kind);
  return page;
}
const cells = (text) => text.split(/\s*\n\s*/);

test('at the start of a shift, the tasks of a line are counted, chosen and found again after a reload', async () => {
  const page = await open('#/watch');
  await page.keyboard.press('Alt+Digit5');
  await page.waitForSelector(id('dialling-row'));
  const tab = await page.innerText(id('line-collection'));
  await page.click(id('line-collection'));
  await page.waitForFunction(() => location.hash.includes('line=collection'));
  const rows = await page.rows();
  assert.equal(Number(tab.match(/\d+/)[0]), rows.length);
  assert.ok(rows.length < Number((await page.innerText(id('line-all'))).match(/\d+/)[0]));
  await page.keyboard.press('/');
  await page.keyboard.type('status:running');
  await page.waitForFunction(() => !document.querySelector('[data-phase="failed"]'));
  await page.keyboard.press('Enter');
  await page.click('[role=columnheader] button:has-text("Progress")');
  await page.waitForFunction(() => location.hash.includes('status') && location.hash.includes('sort=progress'));
  await page.reload();
  await page.waitForSelector(id('dialling-row'));
  assert.equal(await page.getAttribute(id('line-collection'), 'aria-selected'), 'true');
  assert.equal(await page.inputValue(id('filter')), 'status:running');
  const phases = await page.locator(`${id('dialling-row')} ${id('status')}`).evaluateAll((all) => all.map((one) => one.dataset.phase));
  assert.deepEqual([...new Set(phases)], ['running']);
  assert.deepEqual(page.problems, []);
});

test('a list that two lines share stands under both, with both badges', async () => {
  const page = await open('#/tasks');
  for (const line of ['collection', 'info_check']) {
    await page.click(id(`line-${line}`));
    const shared = page.locator(id('dialling-row'), { hasText: 'Shared list' });
    await shared.waitFor();
    const badges = await shared.locator(id('line')).evaluateAll((all) => all.map((one) => one.dataset.line));
    assert.deepEqual(badges, ['collection', 'info_check']);
  }
  await page.click(id('line-telemarketing'));
  await page.waitForSelector(`${id('dialling-row')}:has-text("Known and unknown line")`);
  assert.ok(!(await page.rows()).some((row) => row.includes('Shared list')));
});

test('a line that nobody knows is shown as written, under Other', async () => {
  const page = await open('#/tasks?line=other');
  await page.waitForSelector(id('dialling-row'));
  assert.ok((await page.rows()).some((row) => row.includes('Surveys')));
  assert.equal(await page.locator(`${id('line')}:not([data-line="other"])`).count(), 0);
  await page.waitForSelector(`${id('dialling-row')}:has-text("not reported")`);
});

test('why did the second round bring so little: plan, round, call and recording by keyboard alone', async () => {
  const page = await open('#/tasks');
  await page.waitForSelector(id('dialling-row'));
  await page.keyboard.press('/');
  await page.keyboard.type('Evening plan');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${id('dialling-row')}[aria-rowindex="2"]:has-text("Evening plan")`);
  await page.keyboard.press('j');
  await page.waitForSelector(`${id('dialling-row')}[aria-selected="true"]:has-text("Evening plan")`);
  await page.keyboard.press('Enter');
  await page.has('plan-strategy', 'Evening redial');
  await page.waitForSelector(id('round-row'));
  const rounds = (await page.rows('round-row')).map(cells);
  assert.deepEqual(rounds.map(([name]) => name), ['Round 1', 'Round 2', 'Round 3']);
  for (const [, , dialled, reached, said] of rounds.slice(0, 2)) {
    assert.equal(said, `${Math.round((100 * Number(reached)) / Number(dialled))}%`);
  }
  assert.deepEqual(rounds[2].slice(3, 5), ['not reported', 'not reported']);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.waitForSelector(`${id('round-row')}[aria-rowindex="3"][aria-selected="true"]`);
  await page.keyboard.press('Enter');
  await page.opened('round');
  await page.waitForSelector(id('call-row'));
  await page.click('.figure:has-text("Round yield")');
  assert.match(await page.innerText('.popover'), /newly reached in the round ÷ numbers dialled/);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.popover', { state: 'detached' });
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('/');
  await page.keyboard.type('Connected');
  await page.waitForFunction((at) => [...document.querySelectorAll(at)].every((row) => row.innerText.includes('Connected')), id('call-row'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('j');
  await page.waitForSelector(`${id('call-row')}[aria-selected="true"]`);
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('call-detail'));
  await page.click(id('play-button'));
  await page.waitForFunction((at) => document.querySelector(at)?.currentTime > 0.1, id('audio'));
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('Escape');
  await page.opened('round');
  await page.waitForSelector(`${id('call-row')}[aria-selected="true"]`);
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('round-row'));
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('plan-strategy'), { state: 'detached' });
  assert.equal(await page.inputValue(id('filter')), 'Evening plan');
  assert.deepEqual(page.problems, []);
});

test('a task says its plan and its figures, each with its formula, and what the vendor sent', async () => {
  const page = await open('#/tasks?filter=First');
  await page.click(`${id('dialling-row')}:has-text("First list")`);
  await page.waitForSelector(id('call-row'));
  await page.click('.figure:has-text("Reached rate")');
  assert.match(await page.innerText('.popover'), /at least one connected call ÷ numbers dialled[\s\S]*calls stored here/);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.popover', { state: 'detached' });
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('r');
  await page.has('raw-dialog', 'Calling task');
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('raw-dialog'), { state: 'detached' });
  await page.click(id('open-plan'));
  await page.opened('plan');
  await page.waitForSelector(id('round-row'));
});

test('what the vendor does not say is said to be missing: a strategy, rounds, figures of calls', async () => {
  const page = await open('#/tasks?filter=without');
  await page.click(`${id('dialling-row')}:has-text("Plan without rounds")`);
  await page.waitForSelector('.detail >> text=no round of this plan');
  const nobody = await open('#/tasks?line=other');
  await nobody.click(`${id('dialling-row')}:has-text("Branch survey") >> nth=0`);
  await nobody.waitForSelector(`${id('dialling-figures')}:has-text("Stored calls") .figure:has-text("Dialled"):has-text("not reported")`);
  await nobody.waitForSelector('.detail >> text=No calls reported');
});

test('an account without such a line is told how to say that it has one', async () => {
  const page = await open('#/tasks', { search: 'still&world=empty&tasks=line&plans=line' });
  await page.has('not-asked', 'none of its business lines has calling tasks');
  await page.click(`${id('not-asked')} a >> nth=0`);
  await page.waitForFunction(() => location.hash.includes('section=accounts'));
  await page.waitForSelector(id('line-collection'));
});

test('where plans alone are not asked for, the rows stand there and a note says so', async () => {
  const page = await open('#/tasks', { search: 'still&plans=consent' });
  await page.waitForSelector(id('dialling-row'));
  assert.match(await page.innerText(id('unread-note')), /2 accounts/);
  await page.click(id('unread-note'));
  await page.has('not-asked', 'plans are not asked for');
});

test('a list that could not be asked for says why and when it is tried again', async () => {
  const page = await open('#/tasks', { search: 'still&world=empty&dialling=vendor_fault' });
  await page.waitForSelector(`${id('error')}[data-code="vendor_fault"]`);
  assert.match(await page.innerText('main'), /could not be asked[\s\S]*Next try/);
});

test('a name typed in the palette leads to its task, and nothing that matches says so', async () => {
  const page = await open('#/watch');
  await page.waitForSelector(id('workflow-row'));
  await page.keyboard.press('Control+k');
  await page.fill(id('palette-input'), 'Shared list');
  await page.click(`${id('palette-option')}:has-text("Tasks and plans"):has-text("Shared list")`);
  await page.opened('task');
  await page.waitForSelector('.detail h2:has-text("Shared list")');
  const none = await open('#/tasks?filter=zzzz');
  await none.waitForSelector('main >> text=Nothing matches “zzzz”');
});
