import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstRow, start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
async function open(tab, options) {
  const page = await browser.open('#/watch', options);
  const row = await firstRow(page, 'workflows', (each) => each.figures.calls > 50 && each.status?.phase === 'running');
  await page.evaluate((hash) => (location.hash = hash), `#/workflow/${row.id.split('/').map(encodeURIComponent).join('/')}?tab=${tab}`);
  return { page, row };
}

test('a supervisor looks how a figure went, and the choice stays in the address', async () => {
  const { page } = await open('trends');
  await page.waitForSelector(`${id('curve')} path`);
  assert.equal(await page.getAttribute(id('curve-progress'), 'aria-pressed'), 'true');
  await page.click(id('curve-reached'));
  await page.waitForFunction(() => location.hash.includes('curve=reached'));
  assert.match(await page.getAttribute(`${id('curve')} svg`, 'aria-label'), /^Reached rate: \d+%$/);
  assert.match(await page.innerText(id('trends')), /1 gap: nobody was asked/);
  await page.reload();
  await page.waitForSelector(`${id('curve')} path`);
  assert.equal(await page.getAttribute(id('curve-reached'), 'aria-pressed'), 'true');
  assert.deepEqual(page.problems, []);
});

test('rounds tell what they newly reached, and a letter opens its calls', async () => {
  const { page } = await open('trends');
  await page.waitForSelector(id('round-yields'));
  assert.match(await page.innerText(id('round-yields')), /Newly reached[\s\S]*\d+%/);
  const share = page.locator(id('share')).first();
  const letter = (await share.locator('b').innerText()).trim();
  await share.click();
  await page.waitForFunction(() => location.hash.includes('tab=calls'));
  assert.equal(await page.inputValue(id('filter')), `intention:"${letter}"`);
  await page.goBack();
  await page.waitForSelector(id('trends'));
});

test('the pace and the end it leads to stand as a range', async () => {
  const { page } = await open('trends');
  await page.waitForSelector(id('forecast'));
  assert.match(await page.innerText(id('forecast')), /4 list entries finished a minute[\s\S]*through between/);
});

test('nodes stand in a row with counts, and say what each lost', async () => {
  const { page } = await open('nodes');
  await page.waitForSelector(id('map-node'));
  const said = await page.$$eval(id('map-node'), (all) => all.map((each) => each.innerText));
  assert.ok(said.length > 1 && /entered/.test(said[0]) && /finished/.test(said[0]), said.join(' | '));
  assert.ok((await page.locator(id('drop-off')).count()) > 0);
});

test('coming back tells what came since, until it is put away', async () => {
  const { page, row } = await open('calls');
  await page.waitForSelector(id('call-row'));
  assert.equal(await page.locator(id('since-looked')).count(), 0, 'nobody looked before');
  await page.click(id('nav-watch'));
  await page.waitForFunction((key) => key in JSON.parse(localStorage.getItem('wheelhouse.looked') ?? '{}'), row.id);
  await page.evaluate((key) => {
    const kept = JSON.parse(localStorage.getItem('wheelhouse.looked'));
    localStorage.setItem('wheelhouse.looked', JSON.stringify({ ...kept, [key]: kept[key] - 25 * 60_000 }));
  }, row.id);
  await page.goBack();
  await page.waitForSelector(id('since-looked'));
  assert.match(await page.innerText(id('since-looked')), /Since you last looked, 2[45]m ago:\s*[\d,]+ calls more/);
  await page.click(`${id('since-looked')} button`);
  await page.waitForSelector(id('since-looked'), { state: 'detached' });
});
