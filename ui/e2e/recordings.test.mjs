import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focused, id } from './listening.mjs';
import { start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

async function settings(search = 'still') {
  const page = await browser.open('#/settings?section=general', { search });
  page.has = (name, words) => page.waitForFunction(([at, said]) => document.querySelector(at)?.innerText.includes(said), [id(name), words]);
  await page.waitForSelector(id('recordings-now'));
  return page;
}
const last = async (page, name) => (await page.evaluate(() => window.replayed.asked)).filter((each) => each.name === name).at(-1)?.args;

test('a supervisor sees what recordings take, lowers both limits, and is told what went', async () => {
  const page = await settings();
  await page.has('recordings-now', '520 recordings are kept now: 1.5 GB');
  assert.ok(await page.isDisabled(id('recordings-keep')), 'nothing was changed');
  await page.fill(id('recordings-gigabytes'), '1');
  await page.fill(id('recordings-days'), '7');
  await page.click(id('recordings-keep'));
  await page.has('recordings-done', 'recordings were over the limits and are gone');
  assert.deepEqual(await last(page, 'limitRecordings'), [{ gigabytes: 1, days: 7 }]);
  const now = Number((await page.innerText(id('recordings-now'))).match(/^\d+/)[0]);
  const gone = Number((await page.innerText(id('recordings-done'))).match(/\d+/)[0]);
  assert.ok(now > 0 && gone > 0 && now + gone === 520, `${now} ${gone}`);
  await page.fill(id('recordings-days'), '60');
  await page.click(id('recordings-keep'));
  await page.has('recordings-done', 'No recording had to go');
  assert.deepEqual(page.problems, []);
});

test('what goes by itself, and when that was done last, stands with the settings', async () => {
  const page = await settings();
  await page.has('retention', 'goes after 90 days');
  await page.has('retention', '512 MB');
  await page.has('retention', 'texts 12, points of curves 340');
});

test('a limit that makes no sense is not kept, and says its range', async () => {
  const page = await settings();
  for (const [name, value, range] of [['recordings-days', '0', 'From 1 to 365'], ['recordings-gigabytes', '501', 'From 1 to 500'], ['recordings-days', '2.5', 'From 1 to 365'], ['recordings-days', '', 'From 1 to 365']]) {
    await page.fill(id(name), value);
    await page.has('recordings', range);
    assert.equal(await page.getAttribute(id(name), 'aria-invalid'), 'true');
    assert.ok(await page.isDisabled(id('recordings-keep')));
  }
});

test('all kept recordings are removed after a question, by keyboard alone', async () => {
  const page = await settings();
  await page.focus(id('recordings-remove'));
  await page.keyboard.press('Enter');
  await page.has('recordings-removal', '520 recordings are kept now');
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('recordings-removal'), { state: 'detached' });
  await focused(page, 'recordings-remove');
  assert.equal(await last(page, 'removeRecordings'), undefined);
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('recordings-confirm'));
  await page.focus(id('recordings-confirm'));
  await page.keyboard.press('Enter');
  await page.has('recordings-done', '520 recordings were removed.');
  await page.has('recordings-now', 'None is kept now.');
  await focused(page, 'recordings-remove');
  assert.equal(await page.getAttribute(id('recordings-remove'), 'aria-disabled'), 'true');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator(id('recordings-removal')).count(), 0);
  assert.deepEqual(page.problems, []);
});

test('what cannot be removed is said in the dialog, which stays', async () => {
  const page = await settings('still&unsaved');
  await page.click(id('recordings-remove'));
  await page.click(id('recordings-confirm'));
  await page.has('recordings-removal', 'the disk is read-only');
  await page.keyboard.press('Escape');
  await page.has('recordings-now', '520 recordings');
});

test('a call whose recording lies on this computer says so, in the list and opened', async () => {
  const page = await browser.open('#/calls', { search: 'still' });
  const kept = page.locator(`${id('call-row')}:has([aria-label="Kept on this computer: plays without a network"])`);
  await kept.first().waitFor();
  assert.ok((await page.locator(`${id('call-row')}:has(svg[role=img])`).count()) > (await kept.count()), 'others have a recording that is not kept');
  await kept.first().click();
  await page.waitForSelector(id('call-kept'));
  assert.match(await page.innerText(id('call-kept')), /Kept on this computer/);
});
