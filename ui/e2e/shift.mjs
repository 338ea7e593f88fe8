// Counts what a supervisor does on two ways of a shift, and how long the page takes for it: from a warning to
// its recording, and from a workflow to its stop. Prints one flat JSON object. The world is recorded, so the
// core's own time is not in it, and a person's neither.
import { firstRow, start } from './browser.mjs';

const id = (name) => `[data-testid="${name}"]`;
const browser = await start();

/** Runs the steps as fast as the page lets them: each is one click or one key, pressed or held, and waits for what it led to. */
async function walk(page, steps) {
  const began = performance.now();
  for (const { act, then } of steps) {
    await act();
    await then();
  }
  await page.context().close();
  return { actions: steps.length, seconds: (performance.now() - began) / 1000 };
}

const alerts = await browser.open('#/alerts');
const warned = `${id('alert-row')}[data-rule="outside_hours"] ${id('alert-open')}`;
await alerts.waitForSelector(warned);
const recording = await walk(alerts, [
  { act: () => alerts.click(warned), then: () => alerts.waitForSelector(id('play-button')) },
  { act: () => alerts.click(id('play-button')), then: () => alerts.waitForFunction((at) => document.querySelector(at)?.currentTime > 0, id('audio')) },
]);

const watch = await browser.open('#/watch');
const running = await firstRow(watch, 'workflows', (row) => row.status?.phase === 'running');
await watch.evaluate((hash) => (location.hash = hash), `#/workflow/${running.id}`);
await watch.waitForSelector(id('stop-button'));
const stop = await walk(watch, [
  { act: () => watch.click(id('stop-button')), then: () => watch.waitForSelector(id('confirm-button')) },
  // Held for the second that confirms.
  { act: () => watch.keyboard.down('1'), then: () => watch.waitForFunction(() => window.replayed.acts.length === 1) },
]);

console.log(JSON.stringify({
  shift_recording_actions: recording.actions,
  shift_recording_s: recording.seconds,
  shift_stop_actions: stop.actions,
  shift_stop_s: stop.seconds,
}));
await browser.close();
