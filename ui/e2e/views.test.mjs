import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const hash = (page, wanted) => page.waitForFunction((part) => decodeURIComponent(location.hash).includes(part), wanted);
const views = (page) => page.locator(id('view')).allInnerTexts();

async function watch(search = 'still') {
  const page = await browser.open('#/watch', { search });
  await page.waitForSelector(id('workflow-row'));
  return page;
}

test('by keyboard alone, what is on screen gets a name and is found again in the palette', async () => {
  const page = await watch();
  await page.keyboard.press('/');
  await page.keyboard.type('status:failed');
  await hash(page, 'status:failed');
  await page.keyboard.press('Enter');
  await page.focus(id('views'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('view-name'));
  await page.focus(id('view-name'));
  await page.keyboard.type('Night shift');
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('view'));
  assert.deepEqual(await views(page), ['Night shift']);
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('view'), { state: 'detached' });
  await page.click(id('nav-journal'));
  await hash(page, '#/journal');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('night');
  await page.waitForFunction((at) => document.querySelector(at)?.innerText.includes('Night shift'), id('palette-option'));
  await page.keyboard.press('Enter');
  await hash(page, '#/watch?filter=status:failed');
  assert.deepEqual(page.problems, []);
});

test('a view brings its columns back, and is replaced by what stands there then', async () => {
  const page = await watch();
  const column = (shown) => page.waitForSelector('[data-column=ended]', { state: shown ? 'attached' : 'detached' });
  const toggle = async (name) => {
    await page.click(id('columns'));
    await page.click(id(`column-${name}`));
    await page.keyboard.press('Escape');
  };
  const keep = async (button) => {
    await page.click(id('views'));
    await page.fill(id('view-name'), 'With ends');
    assert.equal(await page.innerText(id('view-keep')), button);
    await page.click(id('view-keep'));
    await page.waitForFunction((at) => document.querySelector(at).value === '', id('view-name'));
    await page.keyboard.press('Escape');
  };
  await toggle('ended');
  await column(true);
  await keep('Save view');
  await toggle('ended');
  await column(false);
  await page.click(id('views'));
  await page.click(id('view'));
  await column(true);
  await toggle('ended');
  await column(false);
  await page.click(id('views'));
  await page.waitForSelector(id('view'));
  await page.keyboard.press('Escape');
  await keep('Replace view');
  await toggle('ended');
  await column(true);
  await page.click(id('views'));
  assert.equal((await views(page)).length, 1);
  await page.click(id('view'));
  await column(false);
});

test('a view with a column that is no more opens without it and says so; a broken file says why', async () => {
  const page = await watch('still&views');
  await page.click(id('views'));
  await page.waitForSelector(id('view-fault'));
  assert.match(await page.innerText(id('view-fault')), /broken\.json cannot be used: it is no view/);
  await page.getByRole('button', { name: 'Long calls', exact: true }).click();
  await hash(page, '#/calls?filter=connected&sort=-talk');
  await page.waitForSelector(id('view-notice'));
  assert.match(await page.innerText(id('view-notice')), /“Long calls” has a column that is no more[\s\S]*mood/);
  await page.waitForSelector('[data-column=node]', { state: 'detached' });
  await page.click(id('nav-watch'));
  await page.click(id('workflow-row'));
  await page.waitForSelector(id('call-row'));
  assert.match(await page.innerText(id('view-notice')), /without it: mood\./, 'the column of the workflow is only of no use here');
  await page.click(`${id('view-notice')} button`);
  await page.waitForSelector(id('view-notice'), { state: 'detached' });
});

test('a view that is taken away can be put back, and one that cannot be written says why', async () => {
  const page = await watch('still&views&unsaved');
  await page.click(id('views'));
  await page.waitForSelector(id('view'));
  await page.click(`${id('view-remove')} >> nth=0`);
  await page.waitForSelector(id('view-back'));
  assert.deepEqual(await views(page), ['失败的任务']);
  await page.click(id('view-back'));
  await page.waitForSelector(id('error'));
  assert.match(await page.innerText(id('error')), /disk is full/);
});
