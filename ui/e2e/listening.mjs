// What a test of listening does again and again. The recordings of the replay page are 48 s long.
import { firstRow, start } from './browser.mjs';

export const id = (name) => `[data-testid="${name}"]`;
export const focused = (page, name) => page.waitForFunction((word) => document.activeElement?.dataset.testid === word, name);

/** A browser to listen in, and calls of the recorded world. */
export async function startListening() {
  const browser = await start();
  const first = await browser.open('#/watch');
  const call = await firstRow(first, 'calls', (row) => row.has_recording && row.workflow_name && row.source === 'api');
  const untimed = await firstRow(first, 'calls', (row) => row.has_recording && row.source === 'webhook');
  const world = await first.evaluate(async () => (await fetch('world.json')).json());
  // What the list of all calls shows: newest first.
  const calls = world.lists.find((each) => each.list === 'calls').rows.map(({ row }) => row);
  const heard = calls.sort((a, b) => b.called_at - a.called_at).filter((row) => row.has_recording);
  await first.context().close();

  async function open(hash, options) {
    const page = await browser.open(hash, options);
    page.text = (name) => page.innerText(id(name));
    page.has = (name, words) => page.waitForFunction(([at, said]) => document.querySelector(at)?.innerText.includes(said), [id(name), words]);
    page.time = () => page.evaluate((at) => document.querySelector(at).currentTime, id('audio'));
    page.past = (seconds) => page.waitForFunction(([at, from]) => document.querySelector(at)?.currentTime > from, [id('audio'), seconds]);
    page.paused = () => page.waitForFunction((at) => document.querySelector(at).paused, id('audio'));
    /** Puts the playback there, as a press on the lanes does. */
    page.seek = async (seconds) => {
      const box = await page.locator(id('waveform')).boundingBox();
      await page.mouse.click(box.x + (box.width * seconds) / 48, box.y + box.height / 2);
    };
    return page;
  }
  /** Pressed by hand, as a person does. */
  async function play(hash = `#/call/${call.id}`, options) {
    const page = await open(hash, options);
    await page.click(id('play-button'));
    await page.past(0.1);
    return page;
  }
  /** The nth recording of the list of all calls, opened out of it; the list stands beside its detail. */
  async function fromList(nth) {
    const page = await open('#/calls', { height: 1000 });
    await page.click(`${id('call-row')}[data-id="${heard[nth].id}"]`);
    await page.click(id('play-button'));
    await page.past(0.1);
    return page;
  }
  return { call, untimed, heard, open, play, fromList, close: () => browser.close() };
}
