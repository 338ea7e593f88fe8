import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { firstRow, start } from './browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser;
let screens;

before(async () => {
  browser = await start();
  const page = await browser.open('#/watch');
  const acted = await firstRow(page, 'workflows', (row) => row.receipt?.seen_at);
  const running = await firstRow(page, 'workflows', (row) => row.status.phase === 'running');
  const call = await firstRow(page, 'calls', (row) => row.has_recording);
  const [english, indonesian, chinese] = await Promise.all(
    [0, 1, 2].map((nth) => {
      let seen = -1;
      return firstRow(page, 'sessions', () => ++seen === nth);
    }),
  );
  await page.context().close();
  const workflow = `#/workflow/${acted.id}`;
  screens = {
    watch: ['#/watch', '[data-testid=workflow-row]'],
    'watch, empty': ['#/watch', '[data-testid=age]', { search: 'still&world=empty' }],
    'watch, sign-in refused': ['#/watch', '[data-testid=health-bar]', { search: 'still&link=sign_in_failed' }],
    'watch, late': ['#/watch', '[data-testid=health-bar]', { search: 'still&link=late' }],
    'workflow, calls': [workflow, '[data-testid=call-row]'],
    ...Object.fromEntries(
      ['nodes', 'tasks', 'waba', 'timeline'].map((tab) => [
        `workflow, ${tab}`,
        [`${workflow}?tab=${tab}`, `[data-testid=${{ nodes: 'node', tasks: 'task' }[tab] ?? tab}-row]`],
      ]),
    ),
    call: [`#/call/${call.id}`, '[data-testid=play-button]', { act: play }],
    ...Object.fromEntries(
      Object.entries({ english, indonesian, chinese }).map(([name, { id }]) => [`session, ${name}`, [`#/session/${id}`, '[data-testid=message]']]),
    ),
    conversations: ['#/conversations', '[data-testid=session-row]'],
    journal: ['#/journal', '[data-testid=journal-row]'],
    settings: ['#/settings', '[data-testid=theme-dark]'],
    dialog: [`#/workflow/${running.id}`, '[data-testid=stop-button]', { act: stop('[data-testid=confirm-button]') }],
    'dialog, refused': [
      `#/workflow/${running.id}`, '[data-testid=stop-button]',
      { search: 'still&refusal=not_confirmed', act: stop('[data-testid=refusal]') },
    ],
    palette: ['#/watch', '[data-testid=workflow-row]', { act: palette }],
    help: ['#/watch', '[data-testid=workflow-row]', { act: (page) => page.keyboard.press('?').then(() => page.waitForSelector('[data-testid=help]')) }],
    figure: [workflow, '.figure', { act: (page) => page.click('.figure >> nth=0') }],
    'freshness ledger': ['#/watch', '[data-testid=workflow-row]', { act: (page) => page.click('[data-testid=ledger-button]') }],
    'narrow watch': ['#/watch', '[data-testid=workflow-row]', { width: 1024, height: 700 }],
  };
});
after(() => browser.close());

async function play(page) {
  await page.click('[data-testid=play-button]');
  await page.waitForSelector('[data-testid=waveform]');
}
const stop = (then) => async (page) => {
  await page.click('[data-testid=stop-button]');
  await page.waitForSelector(then);
};
async function palette(page) {
  await page.keyboard.press('Control+k');
  await page.fill('[data-testid=palette-input]', 'jakarta');
  await page.waitForSelector('[data-testid=palette-option] .mono:not(:empty)');
}

async function found(page, settings) {
  const { violations } = await page.evaluate((asked) => window.axe.run(document, { resultTypes: ['violations'], ...asked }), settings);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).slice(0, 3)}`);
}

for (const language of ['en', 'zh-CN']) {
  test(`axe finds nothing, ${language}, light and dark`, async (t) => {
    for (const [name, [hash, ready, { act, ...options } = {}]] of Object.entries(screens)) {
      await t.test(name, async () => {
        const page = await browser.open(hash, { language, ...options });
        await page.waitForSelector(ready);
        if (act) await act(page);
        await page.evaluate(AXE);
        assert.deepEqual(await found(page, {}), []);
        // The theme changes colours and nothing else.
        await page.emulateMedia({ colorScheme: 'dark' });
        assert.deepEqual(await found(page, { runOnly: ['color-contrast'] }), []);
        assert.deepEqual(page.problems, []);
        await page.context().close();
      });
    }
  });
}
