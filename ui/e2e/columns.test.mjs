import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const heads = (page) => page.locator('[role=columnheader]').allInnerTexts();

test('a slot that was seen in a call becomes a column, stays one, is in the file, and goes again', async () => {
  const page = await browser.open('#/calls', { search: 'still' });
  await page.click(`${id('call-row')}:has(svg[role=img])`);
  const slot = page.getByRole('button', { name: 'Show date as a column' });
  assert.equal(await slot.getAttribute('aria-pressed'), 'false');
  await slot.focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-column="slot:date"]');
  assert.equal(await slot.getAttribute('aria-pressed'), 'true');
  await page.waitForFunction((row) => [...document.querySelectorAll(row)].some((each) => each.innerText.includes('2026-11-30')), id('call-row'));

  await page.reload();
  await page.waitForSelector('[data-column="slot:date"]');
  await page.click(id('export-button'));
  await page.waitForSelector(`${id('export')}[data-end=saved]`);
  const [ask] = await page.evaluate(() => window.replayed.asked.filter((each) => each.name === 'export').map((each) => each.args[0]));
  assert.deepEqual(ask.query.named, ['slot:date']);
  assert.ok(ask.columns.some((column) => column.id === 'slot:date' && column.title === 'date'));

  await page.click(id('columns'));
  await page.click(id('column-slot:date'));
  await page.waitForSelector('[data-column="slot:date"]', { state: 'detached' });
  assert.ok(!(await heads(page)).includes('date'));
  assert.deepEqual(page.problems, []);
});

test('a variable of a conversation is a column of the conversations alone', async () => {
  const page = await browser.open('#/conversations', { search: 'still' });
  await page.click(id('session-row'));
  await page.getByRole('button', { name: 'Show name as a column' }).click();
  await page.waitForSelector('[data-column="variable:name"]');
  await page.waitForFunction((row) => document.querySelector(row).innerText.includes('Sari'), id('session-row'));
  await page.click(id('nav-calls'));
  await page.waitForSelector(id('call-row'));
  assert.ok(!(await heads(page)).includes('name'));
});
