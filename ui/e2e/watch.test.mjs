import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const id = (name) => `[data-testid="${name}"]`;
const heads = (page) => page.$$eval('[role=columnheader]', (all) => all.map((each) => each.dataset.column));
async function open(hash, options) {
  const page = await browser.open(hash, options);
  await page.waitForSelector(id('workflow-row'));
  return page;
}

test('a workflow that needs somebody says why', async () => {
  const page = await open('#/watch?filter=status:running');
  const said = await page.$$eval(id('needs'), (all) => all.map((each) => each.innerText));
  assert.ok(said.some((words) => /No call in 1[0-9]m · Few reached/.test(words)), said.join());
  assert.match(await page.getAttribute(id('needs'), 'title'), /tenth|ten minutes/);
});

test('a figure opens its formula, its two sides and the rows that it is made of', async () => {
  const page = await open('#/watch');
  await page.click('.overview .figure >> nth=1');
  await page.waitForSelector('.popover dl');
  await page.click('.popover button:has-text("Show the rows")');
  await page.waitForFunction(() => location.hash.includes('reached'));
  assert.equal(await page.inputValue(id('filter')), 'reached>=0%');
});

test('what a filter asks for stands as terms, each taken away by a click', async () => {
  const page = await open('#/watch?filter=status:running%20reached<40%25');
  await page.waitForFunction((at) => document.querySelectorAll(at).length === 2, id('drop-term'));
  const narrow = Number(await page.getAttribute('[role=grid]', 'aria-rowcount'));
  await page.locator(id('drop-term')).nth(1).click();
  await page.waitForFunction((rows) => Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) > rows, narrow);
  assert.equal(await page.inputValue(id('filter')), 'status:running');
  await page.waitForFunction(() => location.hash.endsWith('filter=status:running') || location.hash.endsWith('filter=status%3Arunning'));
  await page.locator(id('drop-term')).click();
  await page.waitForSelector(id('drop-term'), { state: 'detached' });
});

test('a typo is pointed at, the rows stay, and what was meant is one click away', async () => {
  const page = await open('#/watch');
  const before = await page.locator(id('workflow-row')).count();
  await page.fill(id('filter'), 'stauts:running');
  await page.waitForSelector(id('filter-fault'));
  assert.equal(await page.innerText(`${id('filter-fault')} mark`), 'stauts');
  assert.match(await page.innerText(id('filter-fault')), /It could be: status, name/);
  assert.equal(await page.locator(id('workflow-row')).count(), before, 'what stood there stays');
  await page.click(id('filter-suggestion'));
  assert.equal(await page.inputValue(id('filter')), 'status:running');
  await page.waitForSelector(id('filter-fault'), { state: 'detached' });
  await page.waitForFunction(() => !document.querySelector('[data-phase="failed"]'));
});

test('a mistake in Chinese, with the numbers it should be', async () => {
  const page = await open('#/watch', { language: 'zh-CN', theme: 'dark' });
  await page.fill(id('filter'), 'reached<twenty');
  await page.waitForSelector(id('filter-fault'));
  assert.match(await page.innerText(id('filter-fault')), /比例写作 20%/);
});

test('columns are chosen, widened by key and by pointer, and survive a reload', async () => {
  const page = await open('#/watch');
  assert.ok(!(await heads(page)).includes('attempts'));
  await page.click(id('columns'));
  await page.check(id('column-attempts'));
  await page.uncheck(id('column-talk'));
  const width = () => page.$eval('[data-column="name"]', (head) => Math.round(head.getBoundingClientRect().width));
  const usual = await width();
  await page.focus('[aria-label="Make Name wider"]');
  await page.keyboard.press('Enter');
  await page.waitForFunction((was) => document.querySelector('[data-column="name"]').getBoundingClientRect().width >= was + 15, usual);
  await page.keyboard.press('Escape');
  const edge = await page.locator('[data-column="status"] .edge').boundingBox();
  await page.mouse.move(edge.x + 3, edge.y + 5);
  await page.mouse.down();
  await page.mouse.move(edge.x + 43, edge.y + 5);
  await page.mouse.up();
  await page.waitForFunction(() => Math.round(document.querySelector('[data-column="status"]').getBoundingClientRect().width) === 144);
  await page.reload();
  await page.waitForSelector(id('workflow-row'));
  const shown = await heads(page);
  assert.ok(shown.includes('attempts') && !shown.includes('talk'), shown.join());
  assert.equal(await page.$eval('[data-column="status"]', (head) => Math.round(head.getBoundingClientRect().width)), 144);
  await page.click(id('columns'));
  await page.click(id('columns-reset'));
  await page.waitForFunction(() => document.querySelector('[data-column="talk"]'));
  assert.ok(!(await heads(page)).includes('attempts'));
});

test('columns that do not fit are reached by scrolling, head and rows together', async () => {
  const page = await open('#/watch', { width: 1024, height: 700 });
  await page.click(id('columns'));
  for (const column of ['account', 'ended', 'created', 'total', 'finished', 'attempts', 'shortCalls', 'sessions']) await page.check(id(`column-${column}`));
  await page.keyboard.press('Escape');
  await page.$eval('[role=grid]', (grid) => grid.scrollTo(10_000, 0));
  const [head, cell] = await page.evaluate(() => {
    const right = (of) => [...document.querySelectorAll(of)].at(-1).getBoundingClientRect().right;
    return [right('[role=columnheader]'), right('[data-testid="workflow-row"] [role=gridcell]')];
  });
  assert.equal(head, cell);
});
