// A supervisor shares the screen: one key, and no number, case or agent's name is left on any screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstRow, start } from './browser.mjs';
import { id } from './listening.mjs';

let browser, call, secrets;
before(async () => {
  browser = await start();
  const page = await browser.open('#/watch');
  call = await firstRow(page, 'calls', (row) => row.has_recording && row.callee && row.case_id);
  const world = await page.evaluate(async () => (await fetch('world.json')).json());
  const rows = world.lists.flatMap(({ rows }) => rows.map(({ row }) => row));
  secrets = [...new Set(rows.flatMap((row) => [row.callee, row.case_id]).filter(Boolean))];
  await page.context().close();
});
after(() => browser.close());

const on = async (page) => {
  await page.keyboard.press('Shift+S');
  await page.waitForSelector(id('share-badge'));
  await page.waitForFunction(() => !document.body.innerText.includes('Changing how people'));
};
const leaks = (page) =>
  page.evaluate((all) => {
    const said = document.body.innerText + [...document.querySelectorAll('[title], [aria-label]')].map((e) => `${e.title} ${e.ariaLabel}`).join(' ');
    return all.filter((one) => said.includes(one));
  }, secrets);

test('one key makes people pseudonyms on every screen, and the same key ends it', async () => {
  const page = await browser.open(`#/calls?open=call/${call.id}`);
  await page.waitForSelector(id('call-detail'));
  assert.ok((await leaks(page)).length > 0);
  await on(page);
  for (const screen of ['calls', 'conversations', 'watch', 'tasks', 'alerts', 'journal']) {
    await page.click(id(`nav-${screen}`));
    await page.waitForFunction((name) => location.hash.startsWith(`#/${name}`), screen);
    await page.waitForSelector('main [role="row"], main h2, main p');
    assert.deepEqual(await leaks(page), [], screen);
    assert.ok(await page.isVisible(id('share-badge')), screen);
  }
  await page.click(id('nav-calls'));
  await page.waitForFunction(() => /Person [0-9A-Z]{6}/.test(document.querySelector('[data-testid="call-row"]')?.innerText ?? ''));
  await page.keyboard.press('Shift+S');
  await page.waitForSelector(id('share-badge'), { state: 'detached' });
  await page.waitForFunction((all) => all.some((one) => document.body.innerText.includes(one)), secrets);
  assert.deepEqual(page.problems, []);
});

test('a person has one pseudonym in the list, the detail, the palette and the player', async () => {
  const page = await browser.open(`#/calls?open=call/${call.id}`);
  await page.click(id('play-button'));
  await page.waitForSelector(id('player-time'));
  await page.focus(id('player-call'));
  await on(page);
  await page.waitForFunction((at) => document.querySelector(at)?.innerText.startsWith('Person '), id('player-call'));
  const person = (await page.innerText(id('player-call'))).split('\n')[0];
  await page.waitForFunction(([at, who]) => document.querySelector(at)?.innerText.includes(who), ['main .detail', person]);
  assert.ok((await page.evaluate((at) => document.querySelector(at).paused, id('audio'))) === false, 'it plays on');
  await page.keyboard.press('Control+k');
  await page.fill(id('palette-input'), 'player');
  await page.waitForFunction((who) => document.querySelector('[data-testid="palette"]').innerText.includes(who), person);
  assert.deepEqual(await leaks(page), []);
  assert.deepEqual(page.problems, []);
});

test('what cannot be masked is said once, and the mode outlives a reload', async () => {
  const page = await browser.open('#/calls');
  await page.waitForSelector(id('call-row'));
  await page.click(id('share-button'));
  await page.waitForSelector(id('share-limits'));
  await page.click(id('share-told'));
  await page.waitForSelector(id('share-limits'), { state: 'detached' });
  await page.reload();
  await page.waitForSelector(id('share-badge'));
  await page.waitForFunction(() => document.querySelector('[data-testid="call-row"]')?.innerText.includes('Person '));
  assert.equal(await page.locator(id('share-limits')).count(), 0);
  assert.deepEqual(await leaks(page), []);
  await page.click(id('share-end'));
  await page.waitForSelector(id('share-badge'), { state: 'detached' });
  assert.deepEqual(page.problems, []);
});

test('dialogs that told a number are closed, and a letter typed is a letter', async () => {
  const page = await browser.open('#/calls');
  await page.focus('[data-filter]');
  await page.keyboard.press('Shift+S');
  assert.equal(await page.inputValue('[data-filter]'), 'S');
  assert.equal(await page.locator(id('share-badge')).count(), 0);
  await page.keyboard.press('Control+k');
  await page.fill(id('palette-input'), 'share');
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('share-badge'));
  await page.waitForSelector(id('palette'), { state: 'detached' });
  assert.deepEqual(page.problems, []);
});
