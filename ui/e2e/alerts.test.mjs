import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const rule = (name) => `${id('alert-row')}[data-rule="${name}"]`;

async function open(options) {
  const page = await browser.open('#/alerts', options);
  await page.waitForSelector(id('alert-row'));
  return page;
}

test('the rail counts what holds and leads there, by mouse and by key', async () => {
  const page = await browser.open('#/watch');
  await page.waitForFunction((at) => document.querySelector(at)?.innerText === '9', id('alerts-holding'));
  await page.click(id('nav-alerts'));
  await page.waitForSelector(id('alert-row'));
  assert.equal(await page.locator(id('alert-row')).count(), 9);
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('workflow-row'));
  await page.keyboard.press('Alt+Digit2');
  await page.waitForSelector(id('alert-row'));
  assert.deepEqual(page.problems, []);
});

test('each warning says what, where, how bad and on what evidence', async () => {
  const page = await open();
  assert.deepEqual(await page.locator(`${id('alert-row')} ${id('severity')}`).allInnerTexts(), [...Array(4).fill('Critical'), ...Array(5).fill('Warning')]);
  const said = (name) => page.innerText(`${rule(name)} ${id('alert-evidence')}`);
  assert.match(await said('reached_falling'), /^Round 1: 16% in the last 30 min \(41 of 260\), 49% before \(118 of 240\)$/);
  assert.match(await said('no_new_calls'), /^Last call 34m(in)? ago \(\d\d:\d\d\); 4,312 entries are left$/);
  assert.match(await said('outside_hours'), /^14 calls since .*; allowed are 8–21 h/);
  assert.match(await page.innerText(rule('data_stale')), /still true/);
});

const LEADS = {
  workflow_failed: /#\/workflow\/.*tab=timeline/,
  no_agent: /#\/conversations\?open=session/,
  outside_hours: /#\/calls\?.*open=call/,
  data_stale: /#\/settings\?section=check&account=demo-cn/,
  contact_limit: /#\/person\/demo\/call\//,
  webhook_silent: /#\/settings\?section=webhooks/,
};

test('a warning leads to its row and back', async () => {
  const page = await open();
  for (const [name, address] of Object.entries(LEADS)) {
    await page.click(`${rule(name)} ${id('alert-open')}`);
    await page.waitForFunction((pattern) => new RegExp(pattern).test(location.hash), address.source);
    await page.goBack();
    await page.waitForSelector(id('alert-row'));
  }
  assert.deepEqual(page.problems, []);
});

test('j, k and Enter choose a warning and open it', async () => {
  const page = await open();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.waitForSelector(`${rule('workflow_failed')}[aria-current]`);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.startsWith('#/workflow/'));
});

test('a warning is put off, counted apart and shown again', async () => {
  const page = await open();
  await page.click(`${rule('webhook_silent')} ${id('snooze-hour')}`);
  await page.waitForSelector(`${id('alerts-off')} ${rule('webhook_silent')}`);
  await page.waitForFunction((at) => document.querySelector(at)?.innerText === '8', id('alerts-holding'));
  assert.equal(await page.innerText(id('alerts-count')), '8 warnings · 1 put off');
  const [ids, until] = await page.evaluate(() => window.replayed.asked.at(-1).args);
  assert.equal(ids.length, 1);
  const now = await page.evaluate(async () => (await (await fetch('world.json')).json()).now);
  assert.ok(Math.abs(until - now - 3_600_000) < 120_000);
  await page.click(id('alert-wake'));
  await page.waitForSelector(id('alerts-off'), { state: 'detached' });
  await page.waitForFunction((at) => document.querySelector(at)?.innerText === 'Alerts, 9 warnings', id('announcer'));
  assert.equal(await page.evaluate(() => window.replayed.asked.at(-1).args[1]), null);
  // 13:42 in Jakarta: the shift ends at 18:00 of the same day.
  await page.click(`${rule('no_agent')} ${id('snooze-shift')}`);
  await page.waitForSelector(`${id('alerts-off')} ${rule('no_agent')}`);
  const end = await page.evaluate(() => new Date(window.replayed.asked.at(-1).args[1]).toTimeString().slice(0, 5));
  assert.equal(end, '18:00');
});

test('rules are set within their ranges, and kept', async () => {
  const page = await open();
  await page.click(id('alerts-rules'));
  await page.waitForSelector(id('rule-webhook_silent'));
  assert.match(await page.innerText(id('unreported')), /演示账号/);
  assert.ok(await page.isDisabled(id('rules-keep')));
  await page.fill(id('limit-no_new_calls-minutes'), '1');
  await page.waitForSelector(`${id('limit-no_new_calls-minutes')}[aria-invalid=true]`);
  assert.ok(await page.isDisabled(id('rules-keep')));
  await page.fill(id('limit-no_new_calls-minutes'), '45');
  await page.uncheck(id('on-contact_limit'));
  await page.fill(id('shift-ends'), '22:30');
  await page.click(id('rules-keep'));
  await page.waitForFunction(() => window.replayed.asked.some(({ name }) => name === 'keepAlertSettings'));
  const [draft] = await page.evaluate(() => window.replayed.asked.at(-1).args);
  assert.equal(draft.shift_ends, 22 * 60 + 30);
  assert.deepEqual(draft.rules.find((each) => each.rule === 'no_new_calls'), { rule: 'no_new_calls', on: true, limits: [{ name: 'minutes', value: 45 }] });
  assert.equal(draft.rules.find((each) => each.rule === 'contact_limit').on, false);
  await page.waitForSelector(`${id('rules-keep')}:disabled`);
  assert.deepEqual(page.problems, []);
});

test('nothing wrong, not judged yet, judged long ago and not judged at all have words of their own', async () => {
  const quiet = await browser.open('#/alerts', { search: 'still&world=empty' });
  await quiet.waitForSelector(`${id('alerts-quiet')} strong`);
  assert.match(await quiet.innerText(id('alerts-quiet')), /All quiet[\s\S]*Judged \d+s ago/);
  assert.equal(await quiet.locator(id('alerts-holding')).count(), 0);
  const never = await browser.open('#/alerts', { search: 'still&world=empty&judged=never' });
  await never.waitForFunction((at) => document.querySelector(at)?.innerText.includes('Not judged yet'), id('alerts-quiet'));
  const late = await open({ search: 'still&judged=late' });
  await late.waitForSelector(id('alerts-late'));
  const failed = await open({ search: 'still&judged=failed' });
  await failed.waitForSelector(`${id('error')}[data-code=store]`);
});
