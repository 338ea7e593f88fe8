// Whose clock times are shown by, and a screen on which nothing moves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstRow, start } from './browser.mjs';
import { id } from './listening.mjs';

let browser, calls;
before(async () => {
  browser = await start();
  const page = await browser.open('#/watch');
  const of = (account) => firstRow(page, 'calls', (row) => row.account === account && row.called_at);
  calls = [await of('demo'), await of('demo-cn')];
  await page.context().close();
});
after(() => browser.close());

const clock = (at, timeZone) => new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at);
/** The zone of an account of the recorded world, as an offset. */
const offset = async (page, account) => {
  const world = await page.evaluate(async () => (await fetch('world.json')).json());
  return world.hello.accounts.find((each) => each.account === account).zone;
};

test('times are by this computer’s clock or by that of the account that is looked at, and say so', async () => {
  for (const call of calls) {
    const page = await browser.open(`#/calls?open=call/${call.id}`);
    const shown = (time) => page.waitForFunction(([at, words]) => document.querySelector(at)?.innerText.includes(words), [id('call-detail'), time]);
    await shown(`${clock(call.called_at, 'Asia/Jakarta')} GMT+7`);
    assert.equal(await page.innerText(id('zone-named')), 'GMT+7');
    const hours = Number((await offset(page, call.account)).slice(0, 3));
    await page.selectOption(id('zone-of'), 'account');
    await shown(`${clock(call.called_at, `Etc/GMT${hours < 0 ? '+' : '-'}${Math.abs(hours)}`)} GMT${hours < 0 ? '-' : '+'}${Math.abs(hours)}`);
    await page.reload();
    await page.waitForSelector(id('call-detail'));
    assert.equal(await page.inputValue(id('zone-of')), 'account', 'it is kept');
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});

test('times are by the clock of the people called where it is set, and by the account’s, named so, where not', async () => {
  for (const call of calls) {
    const page = await browser.open(`#/calls?open=call/${call.id}`);
    await page.waitForSelector(id('call-detail'));
    await page.selectOption(id('zone-of'), 'callee');
    const [zone, named] = call.account === 'demo-cn' ? ['Etc/GMT-9', 'GMT+9'] : ['Etc/GMT-8', 'GMT+8 · the account’s'];
    await page.waitForFunction(([at, words]) => document.querySelector(at)?.innerText.includes(words), [id('call-detail'), clock(call.called_at, zone)]);
    assert.equal(await page.innerText(id('zone-named')), named);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});

test('the palette changes the zone', async () => {
  const page = await browser.open('#/watch');
  await page.keyboard.press('Control+k');
  await page.fill(id('palette-input'), 'account’s zone');
  await page.keyboard.press('Enter');
  await page.waitForFunction((at) => document.querySelector(at).value === 'account', id('zone-of'));
  assert.deepEqual(page.problems, []);
});

test('nothing moves where the person asks for that, whatever the system prefers', async () => {
  const page = await browser.open('#/settings');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.addStyleTag({ content: '@keyframes probe { to { opacity: 0.9 } } .bar h1 { animation: probe 9s infinite }' });
  const moving = () => page.evaluate(() => document.getAnimations().length);
  assert.equal(await moving(), 1);
  await page.click(id('motion-still'));
  assert.equal(await moving(), 0);
  await page.click(id('motion-system'));
  assert.equal(await moving(), 1);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.equal(await moving(), 0);
  assert.deepEqual(page.problems, []);
});
