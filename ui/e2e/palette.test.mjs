// What is typed as a filter is shown in the list that understands it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const offers = (page) => page.$$eval(`${id('palette-option')} .shows`, (all) => all.map((each) => each.innerText.replace(/\s+/g, ' ').trim()));
async function ask(text, options) {
  const page = await browser.open('#/alerts', options);
  await page.waitForSelector(id('alert-row'));
  await page.keyboard.press('Control+k');
  await page.fill(id('palette-input'), text);
  return page;
}

test('a filter leads to the list that has its fields, by Enter', async () => {
  const page = await ask('status:running reached<40%');
  await page.waitForFunction(() => document.querySelectorAll('.shows').length === 1);
  assert.deepEqual(await offers(page), ['Show in Watch: status:running reached<40%']);
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('workflow-row'));
  assert.equal(await page.inputValue(id('filter')), 'status:running reached<40%');
  await page.waitForFunction((at) => document.querySelectorAll(at).length === 2, id('drop-term'));
  await page.keyboard.press('Escape');
  assert.deepEqual(page.problems, []);
});

test('a name is not taken for a filter, and one that several lists have is offered by each', async () => {
  const page = await ask('status:running');
  await page.waitForFunction(() => document.querySelectorAll('.shows').length === 3);
  assert.match((await offers(page)).join(), /Watch.*Calls.*Conversations/);
  await page.fill(id('palette-input'), 'jakarta');
  await page.waitForFunction(() => document.querySelectorAll('.shows').length === 0);
});

test('a typo is pointed at and mended by keyboard', async () => {
  const page = await ask('stauts:running', { language: 'zh-CN', theme: 'dark' });
  await page.waitForSelector(`${id('palette')} ${id('filter-fault')}`);
  assert.equal(await page.innerText(`${id('filter-fault')} mark`), 'stauts');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction((at) => document.querySelector(at).value === 'status:running', id('palette-input'));
  await page.waitForFunction(() => document.querySelectorAll('.shows').length === 3);
  assert.match((await offers(page))[0], /监控/);
  assert.deepEqual(page.problems, []);
});
