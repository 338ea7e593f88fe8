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
  const open = await firstRow(page, 'sessions', (row) => row.ended_at === null && row.workflow_id !== null);
  const ofTask = await firstRow(page, 'calls', (row) => row.workflow_id === null && row.task_id !== null);
  const known = await firstRow(page, 'calls', (row) => row.case_id === 'case-4821' && row.has_recording);
  const failed = await firstRow(page, 'waba', (row) => row.failure_code);
  const plan = await firstRow(page, 'dialling', (row) => row.name === 'Evening plan');
  const bare = await firstRow(page, 'dialling', (row) => row.name === 'Plan without rounds');
  const task = await firstRow(page, 'dialling', (row) => row.name === 'First list');
  const round = await firstRow(page, 'rounds', (row) => row.number === 2);
  const person = `#/person/${known.account}/call/${known.call_id}`;
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
    'watch, filtered': ['#/watch?filter=status:running', '[data-testid=drop-term]'],
    'watch, a typo': ['#/watch?filter=stauts:running', '[data-testid=filter-fault]'],
    'watch, columns': ['#/watch', '[data-testid=columns]', { act: (page) => page.click('[data-testid=columns]').then(() => page.waitForSelector('[data-testid=columns-reset]')) }],
    'watch, saved views': ['#/watch', '[data-testid=views]', { search: 'still&views', act: (page) => page.click('[data-testid=views]').then(() => page.waitForSelector('[data-testid=view-fault]')) }],
    'watch, several stopped': ['#/watch', '[data-testid=workflow-row]', { act: several }],
    'workflow, calls': [workflow, '[data-testid=call-row]'],
    'workflow, trends': [`#/workflow/${running.id}?tab=trends`, '[data-testid=forecast]'],
    ...Object.fromEntries(
      ['nodes', 'tasks', 'waba', 'timeline'].map((tab) => [
        `workflow, ${tab}`,
        [`${workflow}?tab=${tab}`, `[data-testid=${{ nodes: 'node', tasks: 'task' }[tab] ?? tab}-row]`],
      ]),
    ),
    call: [`#/call/${call.id}`, '[data-testid=play-button]', { act: play }],
    'call, shared': [`#/calls?open=call/${call.id}`, '[data-testid=play-button]', { width: 1024, height: 700, act: (page) => play(page).then(() => page.click('[data-testid=share-button]')).then(() => page.waitForSelector('[data-testid=share-limits]')) }],
    'call, noted': [`#/call/${call.id}`, '[data-testid=play-button]', { width: 1024, height: 700, act: note }],
    'call, a part repeated': [`#/call/${call.id}`, '[data-testid=play-button]', { width: 1024, height: 700, act: repeat }],
    'call, not playable': [`#/call/${call.id}`, '[data-testid=play-button]', { search: 'still&recording=unreachable', act: (page) => page.click('[data-testid=play-button]').then(() => page.waitForSelector('[data-testid=play-again]')) }],
    'call, gone': [`#/call/${call.id}`, '[data-testid=play-button]', { search: 'still&recording=recording_gone', act: (page) => page.click('[data-testid=play-button]').then(() => page.waitForSelector('[data-reason=gone]')) }],
    ...Object.fromEntries(
      Object.entries({ english, indonesian, chinese }).map(([name, { id }]) => [`session, ${name}`, [`#/session/${id}`, '[data-testid=message]']]),
    ),
    conversations: ['#/conversations', '[data-testid=session-row]'],
    'conversations, searched': ['#/conversations?q=friday', '[data-testid=spoken-row]', { search: 'still&indexing' }],
    'conversations, nothing said': ['#/conversations?q=zebra', '[data-testid=spoken-none]'],
    'session, found in': [`#/session/${english.id}`, '[data-testid=message]', { act: (page) => page.keyboard.press('Control+f').then(() => page.keyboard.type('friday')).then(() => page.waitForSelector('.here mark')) }],
    'conversations, own': ['#/conversations?filter=from:chatbot', '[data-testid=own-sessions]', { search: 'still&real' }],
    person: [person, '[data-testid=person-row]'],
    'person, to scale': [`${person}?scale=true&sel=call/${known.id}`, '[data-testid=person-mark]', { width: 1024, height: 700 }],
    'person, a message': [`${person}?open=waba/${failed.id}`, '[data-testid=waba-detail]'],
    'person, nobody': ['#/person/demo/call/none', '[data-testid=person-head]'],
    'funnel, by template': [`#/workflow/${running.id}?tab=waba&by=template`, '[data-testid=funnel-group]'],
    tasks: ['#/tasks', '[data-testid=dialling-row]'],
    'tasks, narrow': ['#/tasks?line=other', '[data-testid=dialling-row]', { width: 1024, height: 700 }],
    'tasks, no line': ['#/tasks', '[data-testid=not-asked]', { search: 'still&world=empty&tasks=line&plans=line' }],
    'tasks, plans not asked': ['#/tasks', '[data-testid=dialling-row]', { search: 'still&plans=consent', act: (page) => page.click('[data-testid=unread-note]') }],
    'a task': [`#/tasks?open=${encodeURIComponent(task.id)}`, '[data-testid=call-row]'],
    'a plan': [`#/tasks?open=${encodeURIComponent(plan.id)}`, '[data-testid=round-row]'],
    'a plan without rounds': [`#/tasks?open=${encodeURIComponent(bare.id)}`, '[data-testid=plan-strategy]'],
    'a round': [`#/tasks?open=${encodeURIComponent(round.id)}`, '[data-testid=call-row]', { width: 1024, height: 700 }],
    alerts: ['#/alerts', '[data-testid=alert-row]'],
    'alerts, chosen and put off': ['#/alerts?sel=1', '[data-testid=alert-row][aria-current]', { width: 1024, height: 700, act: (page) => page.click('[data-testid=snooze-hour] >> nth=1').then(() => page.waitForSelector('[data-testid=alerts-off]')) }],
    'alerts, all quiet': ['#/alerts', '[data-testid=alerts-quiet]', { search: 'still&world=empty' }],
    'alerts, late': ['#/alerts', '[data-testid=alerts-late]', { search: 'still&judged=late' }],
    'alerts, rules': ['#/alerts?view=rules', '[data-testid=announce-on]', { search: 'still&silent=no_bus' }],
    journal: ['#/journal', '[data-testid=journal-row]'],
    settings: ['#/settings', '[data-testid=theme-dark]'],
    'settings, recordings removed': ['#/settings', '[data-testid=recordings-now]', { width: 1024, height: 700, act: (page) => page.click('[data-testid=recordings-remove]').then(() => page.waitForSelector('[data-testid=recordings-removal]')) }],
    'first run': ['#/watch', '[data-testid=first-run]', { search: 'still&accounts=none' }],
    'first run, tested': ['#/watch', '[data-testid=first-run]', { search: 'still&accounts=none&nokeychain', act: tested }],
    accounts: ['#/settings?section=accounts', '[data-testid=account-line]', { search: 'still&real&nokeychain' }],
    'account, edited': ['#/settings?section=accounts&edit=api.airudder.com-5f0c', '[data-testid=chatbot-key]', { search: 'still&real' }],
    'account, removed': ['#/settings?section=accounts', '[data-testid=remove-account]', { search: 'still&real', act: (page) => page.click('[data-testid=remove-account]').then(() => page.waitForSelector('[data-testid=removal]')) }],
    'check, before': ['#/settings?section=check', '[data-testid=check-start]', { search: 'still&real' }],
    check: ['#/settings?section=check', '[data-testid=check-start]', { search: 'still&real&test=look', act: (page) => page.click('[data-testid=check-start]').then(() => page.waitForSelector('[data-testid=bundle]')) }],
    webhooks: ['#/settings?section=webhooks', '[data-testid=event-kind]', { search: 'still&real' }],
    'webhooks, events': ['#/settings?section=webhooks&view=events', '[data-testid=event-row]', { search: 'still&real', act: (page) => page.click('[data-testid=event-row] summary').then(() => page.waitForSelector('[data-testid=event-raw]')) }],
    'webhooks, none': ['#/settings?section=webhooks&view=events', '[data-testid=events-empty]', { search: 'still&real&hooks=none' }],
    'add by id': ['#/watch', '[data-testid=add-by-id]', { act: byId }],
    dialog: [`#/workflow/${running.id}`, '[data-testid=stop-button]', { act: stop('[data-testid=confirm-button]') }],
    'dialog, refused': [
      `#/workflow/${running.id}`, '[data-testid=stop-button]',
      { search: 'still&refusal=not_confirmed', act: stop('[data-testid=refusal]') },
    ],
    'dialog, end session': [`#/session/${open.id}`, '[data-testid=end-button]', { act: ends('end-button', 'confirm-button') }],
    'dialog, rest in a task': [`#/call/${ofTask.id}`, '[data-testid=cancel-button]', { act: ends('cancel-button', 'confirm-button') }],
    'dialog, end session outside': [
      `#/session/${open.id}`, '[data-testid=end-button]',
      { search: 'still&refusal=not_confirmed', act: ends('end-button', 'refusal') },
    ],
    palette: ['#/watch', '[data-testid=workflow-row]', { act: palette }],
    'palette, a filter': ['#/watch', '[data-testid=workflow-row]', { act: (page) => asked(page, 'status:running', '.shows') }],
    'palette, a typo': ['#/watch', '[data-testid=workflow-row]', { act: (page) => asked(page, 'stauts:running', '[data-testid=palette] [data-testid=filter-fault]') }],
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
async function several(page) {
  for (const at of [0, 8]) await page.locator('[data-testid=pick]').nth(at).click();
  await page.click('[data-testid=bulk-stop]');
  await page.waitForSelector('[data-testid=bulk-item][data-outcome=offered]');
}
async function note(page) {
  await play(page);
  await page.focus('[data-testid=waveform]');
  for (const words of ['promised to pay', 'second thoughts']) {
    await page.keyboard.press('m');
    await page.waitForSelector('[data-testid=note-input]');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=note-input]', { state: 'detached' });
  }
  await page.keyboard.press('m');
  await page.waitForSelector('[data-testid=note-input]');
}
async function repeat(page) {
  await play(page);
  await page.click('[data-testid=skip-silence]');
  await page.focus('[data-testid=waveform]');
  for (const key of ['k', '2', 'a', 'b', '4', 'b']) await page.keyboard.press(key);
  await page.waitForSelector('[data-testid=loop-b]');
  await page.waitForSelector('[data-testid=player-note]');
}
async function tested(page) {
  await page.fill('[data-testid=account-name]', 'Bank');
  await page.fill('[data-testid=key]', 'app-key');
  await page.fill('[data-testid=secret]', 'app-secret');
  await page.selectOption('[data-testid=zone]', '+07:00');
  await page.check('[data-testid=line-chatbot]');
  await page.click('[data-testid=test-button]');
  await page.waitForSelector('[data-step=keychain][data-outcome=look]');
}
async function byId(page) {
  await page.click('[data-testid=add-by-id]');
  await page.fill('[data-testid=find-input]', '+6281234567821');
  await page.waitForSelector('[data-testid=would-need]');
}
const stop = (then) => async (page) => {
  await page.click('[data-testid=stop-button]');
  await page.waitForSelector(then);
};
const ends = (button, then) => async (page) => {
  await page.click(`[data-testid=${button}]`);
  await page.waitForSelector(`[data-testid=${then}]`);
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

async function asked(page, words, ready) {
  await page.keyboard.press('Control+k');
  await page.fill('[data-testid=palette-input]', words);
  await page.waitForSelector(ready);
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
