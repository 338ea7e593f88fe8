import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstRow, start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const at = (page, pattern) => page.waitForFunction((source) => new RegExp(source).test(location.hash), pattern.source);

test('the desktop leads to the row of a warning, and to all where it is over', async () => {
  const page = await browser.open('#/journal');
  const { id: own } = await firstRow(page, 'alerts', (row) => row.rule === 'workflow_failed');
  const led = await browser.open('#/journal', { search: `still&goes=${encodeURIComponent(`wheelhouse://alert/${own}`)}` });
  await at(led, /^#\/workflow\/.*tab=timeline/);
  const over = await browser.open('#/journal', { search: `still&goes=${encodeURIComponent('wheelhouse://alert/999999')}` });
  await at(over, /^#\/alerts$/);
  assert.deepEqual([...led.problems, ...over.problems], []);
});

test('a link that is not ours opens nothing', async () => {
  const page = await browser.open('#/journal', { search: `still&goes=${encodeURIComponent('wheelhouse://stop_workflow/demo/1')}` });
  await page.waitForFunction((where) => document.querySelector(where)?.textContent.includes('leads nowhere'), id('announcer'));
  assert.equal(await page.evaluate(() => location.hash), '#/journal');
});

test('the head of a workflow, a call and a conversation copies a link to it', async () => {
  const page = await browser.open('#/watch');
  const copied = async (hash, pattern) => {
    await page.evaluate((to) => (location.hash = to), hash);
    await at(page, new RegExp(`^${hash.split('?')[0]}`));
    await page.click(`${id('copy-link')} >> nth=-1`);
    await page.waitForFunction(async (source) => new RegExp(source).test(await navigator.clipboard.readText()), pattern);
  };
  const row = async (list) => (await firstRow(page, list)).id;
  const encoded = (rowId) => rowId.split('/').map(encodeURIComponent).join('/');
  const [workflow, call, session] = [await row('workflows'), await row('calls'), await row('sessions')];
  await copied(`#/workflow/${encoded(workflow)}`, `^wheelhouse://workflow/${encoded(workflow)}$`);
  await copied(`#/calls?open=${encodeURIComponent(`call/${call}`)}`, `^wheelhouse://call/${encoded(call)}$`);
  await copied(`#/conversations?open=${encodeURIComponent(`session/${session}`)}`, `^wheelhouse://session/${encoded(session)}$`);
  assert.deepEqual(page.problems, []);
});

test('notifications and their quiet hours are set, and words go to the app', async () => {
  const page = await browser.open('#/alerts?view=rules', { search: 'still&silent=no_bus' });
  await page.waitForSelector(id('announce-on'));
  assert.equal(await page.innerText(id('silent')), 'This desktop takes no notifications: it has no message bus (D-Bus). Warnings stand here all the same.');
  assert.equal(await page.isDisabled(id('announce-from')), true);
  await page.check(id('announce-quiet'));
  await page.fill(id('announce-from'), '21:30');
  await page.fill(id('announce-to'), '');
  await page.waitForFunction((where) => document.querySelector(where).disabled, id('rules-keep'));
  await page.fill(id('announce-to'), '06:45');
  await page.click(id('rules-keep'));
  await page.waitForFunction(() => window.replayed.asked.some((one) => one.name === 'keepAlertSettings'));
  const asked = await page.evaluate(() => window.replayed.asked);
  const { announcing } = asked.find((one) => one.name === 'keepAlertSettings').args[0];
  assert.deepEqual(announcing, { on: true, quiet: { from: 21 * 60 + 30, to: 6 * 60 + 45 } });
  const said = asked.find((one) => one.name === 'noticeWords').args[0];
  assert.equal(said.rules.length, 11);
  assert.deepEqual([said.several, said.open], ['{count} warnings', 'Show']);
  assert.deepEqual(page.problems, []);
});

test('notifications are muted for an hour from the screen or the palette, and told again', async () => {
  const page = await browser.open('#/alerts');
  const muted = (wanted) => page.waitForFunction(([where, is]) => document.querySelector(where)?.dataset.muted === is, [id('mute'), String(wanted)]);
  const asked = async () => (await page.evaluate(() => window.replayed.asked)).filter((one) => one.name === 'muteNotices').map((one) => one.args[0]);
  await muted(false);
  await page.click(id('mute-button'));
  await muted(true);
  assert.match(await page.innerText(id('mute')), /^Notifications muted until \d\d:\d\d\s+Tell again$/);
  await page.waitForSelector(id('rail-muted'), { state: 'attached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('tell again');
  await page.keyboard.press('Enter');
  await muted(false);
  assert.deepEqual(await asked(), [true, false]);
  assert.deepEqual(page.problems, []);
});
