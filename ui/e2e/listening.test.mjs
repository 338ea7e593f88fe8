import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { focused, id, startListening } from './listening.mjs';

let call, untimed, heard, open, fromList, close;
before(async () => {
  ({ call, untimed, heard, open, fromList, close } = await startListening());
});
after(() => close());

test('next and previous follow the list on screen, and an open call goes along', async () => {
  const page = await fromList(1);
  await page.keyboard.press('n');
  await page.has('player-call', heard[2].callee);
  await page.waitForFunction((next) => decodeURIComponent(location.hash).includes(`open=call/${next}`), heard[2].id);
  await page.waitForSelector(`${id('call-row')}[aria-selected="true"][data-id="${heard[2].id}"]`);
  await page.past(0.1);
  await focused(page, 'player');
  await page.keyboard.press('p');
  await page.has('player-call', heard[1].callee);
  await page.keyboard.press('p');
  await page.has('player-call', heard[0].callee);
  await page.past(0.1);
  await page.keyboard.press('p');
  await page.has('player-note', 'the first recording of its list');
  assert.ok((await page.text('player-call')).includes(heard[0].callee));
  // The list is left, the player goes on in it; what is open there stays.
  await page.click(id('nav-watch'));
  await page.click(id('player-next'));
  await page.has('player-call', heard[1].callee);
  assert.match(page.url(), /#\/watch$/);
  assert.deepEqual(page.problems, []);
});

test('a filtered list is followed as it is filtered', async () => {
  const page = await open('#/calls?filter=case-4821', { height: 1000 });
  await page.waitForSelector(id('call-row'));
  const ids = heard.filter((row) => Object.values(row).some((value) => typeof value === 'string' && value.includes('case-4821'))).map((row) => row.id);
  assert.ok(ids.length > 1);
  await page.click(`${id('call-row')}[data-id="${ids[0]}"]`);
  await page.click(id('play-button'));
  for (const next of ids.slice(1)) {
    await page.past(0.1);
    await page.keyboard.press('n');
    await page.waitForFunction((at) => decodeURIComponent(location.hash).includes(`open=call/${at}`), next);
    await page.waitForSelector(id('waveform'));
  }
  await page.past(0.1);
  await page.keyboard.press('n');
  await page.has('player-note', 'the last recording of its list');
});

test('a recording that no list led to has none before or after it, in words', async () => {
  const page = await open('#/watch');
  await page.waitForSelector(id('workflow-row'));
  await page.evaluate((to) => (location.hash = `#/watch?open=call/${encodeURIComponent(to)}`), call.id);
  await page.click(id('play-button'));
  await page.past(0.1);
  assert.equal(await page.getAttribute(id('player-next'), 'aria-disabled'), 'true');
  await page.keyboard.press('n');
  await page.has('player-note', 'not opened from a list');
});

test('at its end a recording stops, or the next one begins when that is wanted', async () => {
  const page = await fromList(0);
  await page.seek(47.6);
  await page.paused();
  assert.ok((await page.text('player-call')).includes(heard[0].callee));
  await page.click(id('auto-advance'));
  await page.seek(47.6);
  await page.click(id('player-toggle'));
  await page.has('player-call', heard[1].callee);
  await page.past(0.1);
  assert.deepEqual(page.problems, []);
});

test('what is said lights up in step, and a click plays it', async () => {
  const page = await open(`#/call/${call.id}`);
  // Nothing plays yet: the click begins it there.
  await page.click(`${id('turn')} >> nth=3`);
  await page.past(28);
  await page.waitForSelector(`${id('turn')}.now:has-text("wait until Monday")`);
  assert.ok((await page.time()) < 33);
  await page.click(`${id('turn')} >> nth=1 >> button`);
  await page.waitForSelector(`${id('turn')}.now:has-text("saya sendiri")`);
  assert.equal(await page.locator(`${id('turn')}[aria-current=true]`).count(), 1);
  assert.equal(await page.locator(id('approximate')).count(), 0);
});

test('turns without times are placed about, and say so', async () => {
  const page = await open(`#/call/${untimed.id}`);
  await page.has('approximate', 'approximate');
  assert.equal(await page.locator(`${id('turn')} button`).count(), 0);
  await page.click(id('play-button'));
  await page.waitForSelector(`${id('turn')}.now.about`);
  await page.waitForFunction((at) => [...document.querySelectorAll(at)].every((one) => one.innerText.startsWith('≈')), `${id('turn')} button`);
  await page.click(`${id('turn')} >> nth=4`);
  await page.waitForSelector(`${id('turn')}.now:has-text("noted Monday")`);
  await page.has('approximate', 'approximate');
});

test('by keyboard alone: a recording is found, heard, left and come back to', async () => {
  const page = await open('#/calls', { height: 1000 });
  await page.waitForSelector(id('call-row'));
  await page.keyboard.press('/');
  await page.keyboard.type('connected');
  await page.keyboard.press('Enter');
  await page.waitForFunction((at) => [...document.querySelectorAll(at)].every((row) => row.innerText.includes('Connected')), id('call-row'));
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('play-button'));
  for (let tabs = 0; tabs < 40; tabs++) {
    if (await page.evaluate(() => document.activeElement?.dataset.testid === 'play-button')) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await focused(page, 'player');
  await page.past(0.1);
  await page.keyboard.press('5');
  await page.past(23.9);
  await page.keyboard.press('?');
  await page.has('help', 'previous, next recording of the list');
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('help'), { state: 'detached' });
  await focused(page, 'player');
  await page.keyboard.press('Escape');
  await focused(page, 'play-button');
  await page.keyboard.press('Alt+Digit1');
  await page.waitForSelector(id('workflow-row'));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('player');
  await page.waitForSelector(`${id('palette-option')}:has-text("${call.callee.slice(0, 4)}")`);
  await page.keyboard.press('Enter');
  await focused(page, 'player');
  await page.keyboard.press('Space');
  await page.paused();
  assert.deepEqual(page.problems, []);
});
