import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { firstRow, start } from './browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const id = (name) => `[data-testid="${name}"]`;
const CONTRACT = '#/settings?section=contract';
let browser;
let screens;

before(async () => {
  browser = await start();
  const page = await browser.open('#/watch');
  const running = await firstRow(page, 'workflows', (row) => row.status.phase === 'running');
  const call = await firstRow(page, 'calls', (row) => row.has_recording);
  await page.context().close();
  const workflow = `#/workflow/${running.id}`;
  const raw = (kind, row) => `${kind === 'call' ? `#/call/${row.id}` : workflow}?raw=${kind}/${encodeURIComponent(row.id)}`;
  const unconfirmed = 'still&refusal=not_confirmed';
  screens = {
    endpoints: [CONTRACT, id('endpoint-row')],
    'an endpoint, changed': [`${CONTRACT}&row=workflow.list`, id('endpoint'), { act: change }],
    'look and keep': [`${CONTRACT}&row=workflow.list`, id('endpoint'), { act: look }],
    'a fault': [CONTRACT, id('fault'), { search: 'still&fault' }],
    fields: [`${CONTRACT}&part=fields`, id('value')],
    words: [`${CONTRACT}&part=words`, id('add-word')],
    general: [`${CONTRACT}&part=general`, id('consent')],
    'profile file': [`${CONTRACT}&part=file`, '[role=region]'],
    'consent to a host': [`${CONTRACT}&part=documentation`, id('docs-read'), { act: (page) => clicks(page, ['docs-read'], 'docs-consent') }],
    proposal: [`${CONTRACT}&part=documentation`, id('docs-read'), { act: (page) => clicks(page, ['docs-read', 'docs-agree'], 'proposal') }],
    'raw, a duration': [raw('call', call), id('leaf'), { act: map }],
    'raw, refused': [raw('call', call), id('leaf'), { search: 'still&emptymap', act: map }],
    'raw, a word': [raw('workflow', running), id('leaf'), { act: (page) => page.click('[data-pointer="/status"]') }],
    'raw, as text': [raw('workflow', running), id('leaf'), { act: (page) => page.click(id('raw-whole')) }],
    'in the console': [workflow, id('stop-button'), { search: unconfirmed, act: (page) => clicks(page, ['stop-button'], 'refusal') }],
    'a trial': [workflow, id('stop-button'), { search: unconfirmed, act: (page) => clicks(page, ['stop-button', 'trial-button'], 'trial-request') }],
    'narrow endpoints': [`${CONTRACT}&row=workflow.list`, id('endpoint'), { width: 1024, height: 700 }],
  };
});
after(() => browser.close());

async function clicks(page, names, then) {
  for (const name of names) await page.click(id(name));
  await page.waitForSelector(id(then));
}
const change = (page) => page.fill('[data-path="endpoint.workflow.list.path"] input', '/v2/instances');
async function look(page) {
  await change(page);
  await clicks(page, ['look'], 'keep-dialog');
  await page.waitForSelector(`${id('keep-button')}:enabled`);
}
async function map(page) {
  await page.click('[data-pointer="/talkTimeMs"]');
  await page.selectOption(id('use-as'), 'talk_duration');
  await page.selectOption(id('unit'), 'ms');
  await page.waitForSelector(id('mapping-preview'));
}
async function found(page, settings) {
  const { violations } = await page.evaluate((asked) => window.axe.run(document, { resultTypes: ['violations'], ...asked }), settings);
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => `${node.target} ${node.failureSummary}`).slice(0, 3)}`);
}

for (const language of ['en', 'zh-CN']) {
  test(`axe finds nothing in the contract and the actions, ${language}, light and dark`, async (t) => {
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
