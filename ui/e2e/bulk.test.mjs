import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const acts = (page) => page.evaluate(() => window.replayed.acts);
const outcomes = (page) => page.$$eval(id('bulk-item'), (all) => all.map((each) => each.dataset.outcome));
async function watch(search = 'still') {
  const page = await browser.open('#/watch?filter=status:running', { search });
  await page.waitForSelector(id('workflow-row'));
  return page;
}

test('three workflows are picked, one left out, two stopped under one reason by keyboard', async () => {
  const page = await watch();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  assert.match(await page.getAttribute(id('pick-head'), 'title'), /key x/);
  assert.match(await page.innerText(id('picked-bar')), /3 picked[^]*Stop 3 workflows/);
  const rows = await page.$$eval(id('workflow-row'), (all) => all.slice(0, 3).map((each) => each.dataset.id));
  await page.click(id('bulk-stop'));
  await page.waitForFunction((at) => document.querySelectorAll(at).length === 3, `${id('bulk-item')}[data-outcome="offered"]`);
  assert.match(await page.innerText(id('bulk-dialog')), /Stop 3 workflows\?/);
  // What is left is that of all three: the replayed core tells 4,312 of each.
  assert.match(await page.innerText(id('bulk-dialog')), /12,936/);
  await page.locator(id('bulk-drop')).nth(1).click();
  await page.focus(id('bulk-dialog'));
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await page.waitForFunction((at) => document.querySelectorAll(at).length === 2, `${id('bulk-item')}[data-outcome="accepted"]`);
  const sent = await acts(page);
  assert.deepEqual(sent.map(({ target }) => target), [rows[0], rows[2]]);
  assert.equal(new Set(sent.map(({ action_id }) => action_id)).size, 2);
  assert.ok(sent.every(({ reason, how, verb }) => reason === 'Complaint' && how === 'send' && verb === 'stop_workflow'));
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('picked-bar'), { state: 'detached' });
});

test('only what was not sent is tried again, under an id of its own', async () => {
  const page = await watch('still&outcome=failed,unknown,accepted');
  for (const at of [0, 1]) await page.locator(id('pick')).nth(at).check();
  await page.click(id('bulk-stop'));
  await page.keyboard.press('1');
  await page.waitForFunction((at) => !document.querySelector(at).disabled, id('confirm-button'));
  await page.click(id('confirm-button'));
  await page.waitForSelector(id('bulk-retry'));
  assert.deepEqual(await outcomes(page), ['failed', 'unknown']);
  await page.click(id('bulk-retry'));
  await page.waitForSelector(id('bulk-retry'), { state: 'detached' });
  assert.deepEqual(await outcomes(page), ['accepted', 'unknown'], 'a lost answer is never sent again');
  const sent = await acts(page);
  assert.equal(sent.length, 3);
  assert.equal(sent[0].target, sent[2].target);
  assert.notEqual(sent[0].action_id, sent[2].action_id);
});

test('where nothing can be sent, each says why and there is nothing to confirm', async () => {
  const page = await watch('still&refusal=not_confirmed');
  await page.locator(id('pick')).nth(0).click();
  await page.locator(id('workflow-row')).nth(3).click({ modifiers: ['Shift'] });
  assert.match(await page.innerText(id('picked-bar')), /4 picked/, 'up to the row that was clicked');
  await page.click(id('bulk-stop'));
  await page.waitForSelector(id('bulk-left'));
  assert.match(await page.innerText(id('bulk-left')), /4 are left out/);
  await page.keyboard.press('1');
  assert.ok(await page.isDisabled(id('confirm-button')));
});

test('many are confirmed by holding, and picked calls cancel the rest for their numbers', async () => {
  const page = await browser.open('#/calls');
  await page.waitForSelector(id('call-row'));
  for (const at of [0, 1, 2, 3]) await page.locator(id('pick')).nth(at).check();
  await page.click(id('bulk-cancel'));
  await page.waitForFunction((at) => document.querySelectorAll(at).length === 4, `${id('bulk-item')}[data-outcome="offered"]`);
  await page.keyboard.press('3');
  assert.equal(await page.getAttribute(id('confirm-button'), 'data-hold'), 'true');
  await page.click(id('confirm-button'));
  assert.deepEqual(await acts(page), [], 'a press is not a hold');
  await page.focus(id('confirm-button'));
  await page.keyboard.down('Enter');
  await page.waitForFunction(() => window.replayed.acts.length === 4);
  await page.keyboard.up('Enter');
  assert.ok((await acts(page)).every(({ verb, number_of }) => verb === 'cancel_rest' && number_of.kind === 'call'));
});
