import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { id, startListening } from './listening.mjs';

let call, open, play, close;
before(async () => {
  ({ call, open, play, close } = await startListening());
});
after(() => close());

test('it stands below every screen, names its call, leads back to it, and only a press closes it', async () => {
  const page = await play();
  for (const screen of ['watch', 'conversations', 'calls', 'tasks', 'journal', 'settings']) {
    await page.click(id(`nav-${screen}`));
    await page.waitForFunction((name) => location.hash.startsWith(`#/${name}`), screen);
    const [frame, box] = [page.viewportSize(), await page.locator(id('player')).boundingBox()];
    assert.ok(Math.abs(box.y + box.height - frame.height) <= 1, screen);
  }
  const words = await page.text('player-call');
  assert.ok(words.includes(call.callee) && words.includes(call.workflow_name));
  const before = await page.time();
  await page.click(id('player-call'));
  await page.waitForSelector(id('call-detail'));
  assert.ok(decodeURIComponent(page.url()).includes(`open=call/${call.id}`));
  assert.ok((await page.time()) >= before);
  await page.click(id('player-close'));
  await page.waitForSelector(id('player'), { state: 'detached' });
  assert.equal(await page.locator(id('audio')).count(), 0);
  assert.deepEqual(page.problems, []);
});

/** Hears what comes out of each lane. */
const listen = () => {
  const gains = [];
  window.heard = [];
  const Real = window.AudioContext;
  window.AudioContext = class extends Real {
    createGain() {
      const gain = super.createGain();
      const meter = this.createAnalyser();
      const connect = gain.connect.bind(gain);
      gain.connect = (...to) => {
        connect(meter);
        return connect(...to);
      };
      const lane = gains.push(gain) - 1;
      setInterval(() => {
        const wave = new Float32Array(meter.fftSize);
        meter.getFloatTimeDomainData(wave);
        window.heard[lane] = Math.max(...wave.map(Math.abs));
      }, 50);
      return gain;
    }
  };
};

test('each lane has its volume, from nothing to twice as loud', async () => {
  const page = await open(`#/call/${call.id}`);
  await page.evaluate(listen);
  await page.click(id('play-button'));
  await page.past(0.1);
  const lane = (side, what) => `[data-lane="${side}"] ${id(what)}`;
  await page.click(lane('right', 'mute'));
  await page.waitForFunction(() => window.heard[0] > 0.05 && window.heard[1] === 0);
  await page.seek(29);
  await page.waitForFunction(() => window.heard[0] < 0.01 && window.heard[1] === 0);
  await page.click(lane('right', 'mute'));
  await page.waitForFunction(() => window.heard[1] > 0.05);
  const loud = await page.evaluate(() => window.heard[1]);
  await page.focus(lane('right', 'volume'));
  const at = await page.time();
  await page.keyboard.press('End');
  await page.waitForFunction((before) => window.heard[1] > before * 1.4, loud);
  assert.ok((await page.time()) < at + 5, 'the arrows and ends of a volume do not seek');
  assert.equal(await page.getAttribute(lane('right', 'volume'), 'aria-valuetext'), '200%');
  assert.equal(await page.locator(id('unmixed')).count(), 0);
  assert.deepEqual(page.problems, []);
});

test('a window that cannot lead the sound through volumes plays on, and says so', async () => {
  const page = await open(`#/call/${call.id}`);
  await page.evaluate(() => {
    window.AudioContext = class {
      constructor() {
        throw new TypeError('no audio here');
      }
    };
  });
  await page.click(id('play-button'));
  await page.past(0.1);
  await page.click(`[data-lane="left"] ${id('mute')}`);
  await page.has('unmixed', 'plays both lanes as one');
  assert.equal(await page.locator(id('volume')).count(), 0);
  await page.past((await page.time()) + 0.5);
});

test('one lane has the volume of the element', async () => {
  const page = await play(undefined, { search: 'still&mono' });
  assert.deepEqual(await page.locator(id('lane')).evaluateAll((all) => all.map((one) => one.dataset.lane)), ['mono']);
  await page.focus(id('volume'));
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((at) => Math.abs(document.querySelector(at).volume - 0.9) < 0.001, id('audio'));
  await page.click(id('mute'));
  await page.waitForFunction((at) => document.querySelector(at).volume === 0, id('audio'));
});

test('silence is skipped when that is wanted, and what was left out is told', async () => {
  const page = await play();
  assert.match(await page.text('silence'), /2 silences,\s0:06/);
  await page.seek(23.8);
  await page.past(24.6);
  assert.ok((await page.time()) < 27, 'unasked, silence plays');
  await page.click(id('skip-silence'));
  await page.seek(23.8);
  await page.past(27.8);
  await page.has('silence', '0:04 of 0:06 skipped');
  assert.equal(await page.getAttribute(id('skip-silence'), 'aria-checked'), 'true');
});

test('A and B repeat what lies between them, stand on the lanes and are moved, and Esc clears them', async () => {
  const page = await play();
  await page.focus(id('waveform'));
  await page.seek(20);
  await page.keyboard.press('a');
  await page.keyboard.press('k');
  await page.paused();
  await page.keyboard.press('b');
  await page.waitForSelector(id('loop-a'));
  await page.seek(21);
  await page.keyboard.press('b');
  await page.waitForSelector(id('loop-b'));
  const [a, b] = await Promise.all(['a', 'b'].map(async (end) => Number(await page.getAttribute(id(`loop-${end}`), 'aria-valuenow'))));
  assert.ok(b - a > 500 && b - a < 2000, `${a}–${b}`);
  // It waits at A, goes on to B, and is before it again.
  assert.ok(Math.abs((await page.time()) * 1000 - a) < 50);
  await page.keyboard.press('Space');
  await page.past((b - 200) / 1000);
  await page.waitForFunction(([at, from]) => document.querySelector(at).currentTime < from, [id('audio'), a / 1000 + 0.4]);
  await page.focus(id('loop-b'));
  await page.keyboard.press('ArrowRight');
  assert.equal(Number(await page.getAttribute(id('loop-b'), 'aria-valuenow')), b + 100);
  const box = await page.locator(id('loop-a')).boundingBox();
  await page.mouse.move(box.x + 6, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y + 40, { steps: 4 });
  await page.mouse.up();
  assert.ok(Number(await page.getAttribute(id('loop-a'), 'aria-valuenow')) < a - 1000);
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('loop-a'), { state: 'detached' });
  assert.ok(await page.isDisabled(id('clear-loop')));
  assert.deepEqual(page.problems, []);
});

test('a loop in which nothing could be made out is refused in words', async () => {
  const page = await play();
  await page.keyboard.press('k');
  await page.paused();
  await page.keyboard.press('a');
  await page.keyboard.press('b');
  await page.has('player-note', 'at least 0.2 s apart');
  assert.equal(await page.locator(id('loop-b')).count(), 0);
});

test('speed, volumes and switches are kept, and the pitch with them', async () => {
  const page = await play();
  for (const key of [']', '>', '+']) await page.keyboard.press(key);
  const rate = () => page.evaluate((at) => [document.querySelector(at).playbackRate, document.querySelector(at).preservesPitch], id('audio'));
  assert.deepEqual(await rate(), [2, true]);
  for (const key of ['[', '<', '-', '-', '-', '-', '-']) await page.keyboard.press(key);
  assert.deepEqual(await rate(), [0.5, true]);
  await page.selectOption(id('speed'), '3');
  assert.deepEqual(await rate(), [3, true]);
  await page.keyboard.press('Escape');
  await page.click(id('skip-silence'));
  await page.click(id('auto-advance'));
  await page.focus(`[data-lane="left"] ${id('volume')}`);
  await page.keyboard.press('Home');
  await page.reload();
  await page.click(id('play-button'));
  await page.past(0.1);
  assert.deepEqual(await rate(), [3, true]);
  for (const name of ['skip-silence', 'auto-advance']) assert.equal(await page.getAttribute(id(name), 'aria-checked'), 'true');
  assert.equal(await page.getAttribute(`[data-lane="left"] ${id('volume')}`, 'aria-valuetext'), '0%');
  assert.equal(await page.getAttribute(`[data-lane="right"] ${id('volume')}`, 'aria-valuetext'), '100%');
});

for (const [code, reason, words] of [
  ['no_recording', 'none', /^There is no recording of this call\.$/],
  ['recording_gone', 'gone', /^Cannot be played, because the vendor does not hand it out/],
  ['recording_archive', 'broken', /^Cannot be played, because it came in an archive/],
  ['unreachable', 'unfetched', /^Cannot be played, because there is no connection/],
]) {
  test(`no sound has its own words and look: ${code}`, async () => {
    const page = await open(`#/call/${call.id}`, { search: `still&recording=${code}` });
    await page.click(id('play-button'));
    const error = page.locator(`${id('player')} ${id('error')}`);
    await error.waitFor();
    assert.equal(await error.getAttribute('data-reason'), reason);
    assert.match(await error.locator('p').first().innerText(), words);
    assert.equal(await page.locator(`${id('turn')}.now`).count(), 0);
    assert.equal(await error.locator(id('play-again')).count(), reason === 'broken' || reason === 'unfetched' ? 1 : 0);
  });
}

test('a fault that passes is tried again from where it is told', async () => {
  const page = await open(`#/call/${call.id}`);
  await page.evaluate(() => {
    const { createObjectURL } = URL;
    URL.createObjectURL = () => {
      URL.createObjectURL = createObjectURL;
      return createObjectURL(new Blob(['no sound'], { type: 'audio/wav' }));
    };
  });
  await page.click(id('play-button'));
  await page.has('player', 'own player does not take the file');
  await page.click(`${id('player')} ${id('play-again')}`);
  await page.past(0.1);
});

test('notes stand at their time: written by a key, marked on the lanes, edited and removed', async () => {
  const page = await play();
  await page.focus(id('waveform'));
  await page.seek(12);
  await page.keyboard.press('m');
  await page.waitForSelector(id('note-input'));
  await page.keyboard.type('said no: skip, mute');
  await page.keyboard.press('Enter');
  await page.has('note', 'said no: skip, mute');
  assert.equal(await page.locator(id('note-input')).count(), 0);
  assert.equal(await page.getAttribute(id('skip-silence'), 'aria-checked'), 'false', 'letters of a note are no keys');
  await page.seek(40);
  await page.click(id('note-mark'));
  await page.waitForFunction((at) => Math.abs(document.querySelector(at).currentTime - 12) < 2, id('audio'));
  await page.click(id('note-edit'));
  await page.fill(id('note-input'), 'promised to pay');
  await page.click(id('note-keep'));
  await page.has('note', 'promised to pay');
  // Another screen and back: the notes are the call's.
  await page.click(id('nav-watch'));
  await page.has('note', 'promised to pay');
  await page.focus(id('waveform'));
  await page.keyboard.press('m');
  await page.waitForSelector(id('note-input'));
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('note-input'), { state: 'detached' });
  await page.click(id('note-remove'));
  await page.waitForSelector(id('note'), { state: 'detached' });
  assert.equal(await page.locator(id('note-mark')).count(), 0);
  assert.deepEqual(page.problems, []);
});

test('the recording is saved as a file, and a disk that is full is said in words', async () => {
  const page = await play();
  await page.click(id('player-save'));
  await page.has('player-note', '/home/kim/Downloads/recording.wav');
  const asked = await page.evaluate(() => window.replayed.asked.filter(({ name }) => name === 'saveRecording').map(({ args }) => args[0]));
  assert.deepEqual(asked, [call.id]);
  const full = await play(undefined, { search: 'still&unsaved' });
  await full.click(id('player-save'));
  await full.has('player-note', 'No space left on device');
  assert.deepEqual([...page.problems, ...full.problems], []);
});
