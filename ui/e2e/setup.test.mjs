import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start } from './browser.mjs';

let browser;
before(async () => (browser = await start()));
after(() => browser.close());

const ACCOUNT = 'api.airudder.com-5f0c';
const id = (name) => `[data-testid="${name}"]`;
const asked = async (page, name) => (await page.evaluate(() => window.replayed.asked)).filter((each) => each.name === name);
const last = async (page, name) => (await asked(page, name)).at(-1)?.args;
async function open(hash, search = 'still&real', options = {}) {
  const page = await browser.open(hash, { search, ...options });
  page.text = (name) => page.innerText(id(name));
  page.has = (name, words) => page.waitForFunction(([at, said]) => document.querySelector(at)?.innerText.includes(said), [id(name), words]);
  return page;
}
/** Waits until the page was loaded anew. */
async function reloaded(page, act) {
  await page.evaluate(() => (window.before = true));
  await act();
  await page.waitForFunction(() => window.before === undefined && document.querySelector('[data-testid="nav-watch"]') !== null);
}
async function fill(page) {
  await page.fill(id('account-name'), 'Bank Nusantara');
  await page.fill(id('key'), 'app-key-81f3');
  await page.fill(id('secret'), 'never-shown');
  await page.selectOption(id('zone'), '+07:00');
  await page.check(id('line-collection'));
}
const step = (page, name, outcome) => page.waitForSelector(`[data-testid="step"][data-step="${name}"][data-outcome="${outcome}"]`);

test('the first run asks, tests, keeps, and the page comes back with the account', async () => {
  const page = await open('#/watch', 'still&accounts=none');
  await page.waitForSelector(id('first-run'));
  assert.equal(await page.inputValue(id('base-url')), 'https://api.airudder.com');
  assert.equal(await page.getAttribute(id('secret'), 'type'), 'password');
  assert.ok(await page.isDisabled(id('test-button')));
  assert.match(await page.text('form-state'), /Choose the zone/);
  await fill(page);
  assert.ok(await page.isDisabled(id('keep-button')));
  await page.click(id('test-button'));
  await step(page, 'address', 'good');
  await step(page, 'keychain', 'good');
  await page.has('form-state', 'It works');
  await reloaded(page, () => page.click(id('keep-button')));
  assert.equal(await page.locator(id('first-run')).count(), 0);
  const [draft] = await last(page, 'keepAccount');
  assert.deepEqual([draft.key, draft.secret, draft.zone, draft.lines, draft.masked], ['app-key-81f3', 'never-shown', '+07:00', ['collection'], true]);
  assert.equal(draft.chatbot_secret, null);
  assert.ok(!(await page.content()).includes('never-shown'));
  assert.match(await page.innerText('.accounts'), /Bank Nusantara/);
});

test('what is refused is not kept, and a change after the test asks for another', async () => {
  const page = await open('#/watch', 'still&accounts=none&test=refused');
  await fill(page);
  await page.click(id('test-button'));
  await step(page, 'sign_in', 'trouble');
  await page.has('form-state', 'cannot be kept');
  assert.ok(await page.isDisabled(id('keep-button')));
  assert.match(await page.innerText('[data-step="sign_in"]'), /code 401: invalid APPSecret/);
  await page.fill(id('secret'), 'another');
  await page.has('form-state', 'test again');
});

test('without a keychain it is said before and after', async () => {
  const page = await open('#/watch', 'still&accounts=none&nokeychain');
  await fill(page);
  await page.keyboard.press('Enter');
  await step(page, 'keychain', 'look');
  assert.match(await page.innerText('[data-step="keychain"]'), /until you close the app/);
  await page.goto(page.url().replace(/\?.*/, '?still&real&nokeychain#/settings?section=accounts'));
  await page.has('secrets-in', 'until you close the app');
});

test('what is missing says what it would open, in the form and in the list', async () => {
  const page = await open('#/settings?section=accounts');
  await page.waitForSelector(id('account-line'));
  assert.match(await page.text('account-line'), /Chatbot sign key and secret: reading conversations/);
  await page.click(id('edit-account'));
  await page.waitForSelector(id('account-form'));
  assert.ok(page.url().includes(`edit=${ACCOUNT}`));
  assert.equal(await page.getAttribute(id('secret'), 'placeholder'), 'kept; type to replace it');
  assert.equal(await page.inputValue(id('secret')), '');
  assert.equal(await page.locator(id('pds-key')).count(), 0);
  await page.check(id('line-pds'));
  assert.match(await page.text('missing'), /predictive dialer is not asked/);
  await page.fill(id('chatbot-key'), 'c');
  await page.fill(id('chatbot-secret'), 's');
  assert.match(await page.text('missing'), /algorithm/);
  await page.reload();
  await page.waitForSelector(id('account-form'));
});

test('a name changes without a test, and secrets that were not typed are not sent', async () => {
  const page = await open(`#/settings?section=accounts&edit=${ACCOUNT}`);
  await page.fill(id('account-name'), 'Other name');
  await page.has('form-state', 'no test is needed');
  await reloaded(page, () => page.click(id('keep-button')));
  const [draft] = await last(page, 'keepAccount');
  assert.deepEqual([draft.account, draft.key, draft.secret], [ACCOUNT, null, null]);
  assert.equal((await asked(page, 'testAccount')).length, 0);
  assert.equal(await page.inputValue(id('account-name')), 'Other name');
});

test('removing says what goes, and goes back to the first run', async () => {
  const page = await open('#/settings?section=accounts');
  await page.click(id('remove-account'));
  await page.waitForSelector(id('removal'));
  assert.match(await page.text('removal'), /keychain.*webhook address stops/s);
  await page.check(id('forget-data'));
  await reloaded(page, () => page.click(id('removal-confirm')));
  assert.deepEqual(await last(page, 'removeAccount'), [ACCOUNT, true]);
  await page.click(id('nav-watch'));
  await page.waitForSelector(id('first-run'));
});

test('the check fills row by row and each row says what to do next', async () => {
  const page = await open('#/settings?section=check');
  await page.click(id('check-start'));
  await page.waitForSelector(id('bundle'));
  assert.deepEqual(await last(page, 'check'), [ACCOUNT, false]);
  const row = (key) => `[data-testid="check-row"][data-key="${key}"]`;
  assert.equal(await page.getAttribute(row('workflow.list'), 'data-next'), 'consent');
  assert.match(await page.innerText(row('workflow.list')), /assumed.*guess.*Allow guesses/s);
  assert.match(await page.innerText(row('chat.sessions')), /signed/);
  await page.click(`${row('workflow.list')} button`);
  assert.ok(await page.isChecked(id('check-guesses')));
  await page.click(id('check-start'));
  await page.waitForSelector(`${row('workflow.list')}[data-outcome="good"]`);
  await page.waitForSelector(id('bundle'));
  assert.deepEqual(await last(page, 'check'), [ACCOUNT, true]);
  assert.match(await page.innerText(row('workflow.subtasks')), /not understood.*progressRate/s);
  await page.click(id('bundle'));
  await page.has('check-summary', 'in trouble');
  await page.waitForFunction(() => document.body.innerText.includes('wheelhouse-support-'));
  // The rows stay while another part is looked at.
  await page.click(id('section-webhooks'));
  await page.click(id('section-check'));
  await page.waitForSelector(row('workflow.list'));
  await page.click(`${row('chat.sessions')} a`);
  await page.waitForSelector(id('account-form'));
});

test('webhooks: the address to copy, the message in both languages, and what arrived', async () => {
  const page = await open('#/settings?section=webhooks');
  await page.has('hooks-address', '/hook/7c1f08d95be24a6e83');
  assert.match(await page.text('hooks-message'), /please send the event notifications/);
  await page.click(id('message-zh-CN'));
  await page.has('hooks-message', '事件通知');
  assert.match(await page.innerText('[data-testid="event-kind"][data-key="hook.call_completed"]'), /412.*ago/s);
  assert.match(await page.innerText('[data-testid="event-kind"][data-key="hook.list_completed"]'), /none yet/);
  assert.ok(await page.isDisabled(id('mode-enforce')));
  assert.match(await page.text('signature-counts'), /0 matched · 3 did not.*after 20 matches/s);
  await page.click(id('hooks-events'));
  await page.waitForSelector(id('event-row'));
  assert.equal(await page.locator(id('event-row')).count(), 100);
  await page.click(id('events-older'));
  await page.waitForFunction((at) => document.querySelectorAll(at).length === 130, id('event-row'));
  await page.selectOption(id('event-state'), 'quarantined');
  await page.waitForFunction((at) => {
    const rows = [...document.querySelectorAll(at)];
    return rows.length > 0 && rows.every((row) => row.dataset.state === 'quarantined') && location.hash.includes('state=quarantined');
  }, id('event-row'));
  await page.locator(`${id('event-row')} summary`).first().focus();
  await page.keyboard.press('Enter');
  await page.has('event-raw', 'workflow_id');
  await page.reload();
  await page.waitForSelector('[data-testid="event-row"][data-state="quarantined"]');
});

test('webhooks: settings are checked, kept and back after the reload', async () => {
  const page = await open('#/settings?section=webhooks', 'still&real&hooks=signed');
  await page.waitForSelector(id('hooks-port'));
  assert.ok(await page.isDisabled(id('hooks-keep')));
  await page.fill(id('hooks-port'), '70000');
  await page.waitForFunction((at) => document.querySelector(at).disabled, id('hooks-keep'));
  await page.fill(id('hooks-port'), '4400');
  await page.check(id('mode-enforce'));
  await page.check(id('hooks-new-path'));
  await page.fill(id('relay-url'), 'https://relay.example.com');
  await page.fill(id('relay-token'), 'relay-secret');
  await reloaded(page, () => page.click(id('hooks-keep')));
  const [draft] = await last(page, 'keepWebhooks');
  assert.deepEqual(
    [draft.account, draft.port, draft.mode, draft.new_path, draft.relay_url, draft.relay_token, draft.aes_key, draft.folder],
    [ACCOUNT, 4400, 'enforce', true, 'https://relay.example.com', 'relay-secret', null, null],
  );
  await page.has('hooks-path', '/hook/91b7d02c6ef84c53a1');
  assert.ok(!(await page.content()).includes('relay-secret'));
});

test('nothing yet, loading and trouble each have their words', async () => {
  const none = await open('#/settings?section=webhooks&view=events', 'still&real&hooks=none');
  await none.has('events-empty', 'No event has arrived yet');
  await none.click(id('hooks-receive'));
  await none.waitForSelector(id('event-kind'));
  const off = await open('#/settings?section=webhooks', 'still&real&hooks=off');
  await off.has('hooks-state', 'nothing arrives here');
  const loading = await open('#/settings?section=accounts', 'still&real&setup=never');
  await loading.has('setup-loading', 'Reading the settings');
  const trouble = await open('#/settings?section=webhooks', 'still&real&setup=store');
  await trouble.waitForSelector('[data-testid="error"][data-code="store"]');
  await trouble.click(id('ask-again'));
  await trouble.waitForFunction(() => window.replayed.asked.filter((each) => each.name === 'webhooks').length > 1);
});

test('anything that is pasted is looked up; the vendor is asked only when it is said', async () => {
  const page = await open('#/watch', 'still');
  await page.keyboard.press('Control+k');
  await page.fill(id('palette-input'), '+6281234567821');
  await page.waitForFunction((at) => document.querySelectorAll(at).length === 1, id('palette-option'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('find'));
  await page.waitForSelector('[data-testid="found"][data-kind="number"]');
  assert.deepEqual(await last(page, 'find'), ['+6281234567821', false]);
  assert.match(await page.innerText('[data-testid="would-need"]'), /only a guess/);
  await page.focus(id('find-input'));
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-testid="found"][data-kind="workflow"]');
  assert.deepEqual(await last(page, 'find'), ['+6281234567821', true]);
  await page.click(id('found-open'));
  await page.waitForSelector(id('find'), { state: 'detached' });
  assert.ok(page.url().includes('#/workflow/demo/'));
});

test('the settings are gone through by keyboard', async () => {
  const page = await open('#/settings');
  await page.focus(id('section-accounts'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('account-line'));
  await page.focus(id('edit-account'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(id('account-form'));
  await page.focus(id('accounts-back'));
  await page.keyboard.press('Escape');
  await page.waitForSelector(id('account-line'));
});
