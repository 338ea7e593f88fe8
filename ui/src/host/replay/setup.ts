import type {
  AccountDraft, AccountSettings, AccountTest, ChangeDto, ChangePreview, CheckRow, DocumentationSource, ErrorCode, EventState,
  FoundView, MappingDraft, MappingPreview, ProfilePreview, NumberOf, ReadProgress, RecordingsDraft, RecordingsView, SavedView, TestStep, UiError, VerbDto, ViewFolder, WebhooksDraft,
} from '../../bindings/types';
import type { RawKind, Setup } from '../setup';
import { requestOf } from './acts';
import { contractWith } from './contract';
import { proposal } from './documentation';
import { eventsOf, webhooksOf, type KeptWebhooks } from './hooks';
import { rawOf } from './raw';
import { Recordings } from './recordings';
import { accountOf, checkRows, demoAccounts, foundIn, realAccount, stepsOf } from './setup-data';
import { ViewFiles } from './views';
import { keep, readKept, type Kept, type Wish } from './wish';
import { cancelled } from './work';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** The settings' side of the replay: what was kept stays for the page's life, reloads included. */
export class ReplaySetup implements Setup {
  protected wish: Wish;
  #kept: Kept = readKept();
  #recordings: Recordings;
  #views: ViewFiles;

  constructor(wish: Wish) {
    this.wish = wish;
    this.#recordings = new Recordings(wish.empty);
    this.#views = new ViewFiles(wish.views);
    window.replayed = { acts: [], asked: this.#kept.asked };
  }

  /** The record that names whom a number with these last digits belongs to. */
  protected personWith(_digits: string): string | null {
    return null;
  }

  /** When the recording was made. */
  protected now(): number {
    return 0;
  }

  protected accountsNow(): AccountSettings[] {
    if (this.#kept.accounts) return this.#kept.accounts as AccountSettings[];
    if (this.wish.whose === 'none') return [];
    return this.wish.whose === 'real' ? [realAccount(this.wish.keychain)] : demoAccounts();
  }

  async #ask(name: string, args: unknown[], ms = 20): Promise<void> {
    this.#kept.asked.push({ name, args });
    if (this.wish.setup === 'never') await new Promise(() => {});
    await pause(ms);
    if (this.wish.setup) throw { code: this.wish.setup as ErrorCode, message: '', ref: 'a1b2' } satisfies UiError;
  }

  #keep(change: Partial<Kept>): void {
    Object.assign(this.#kept, change);
    keep(this.#kept);
  }

  async views(): Promise<ViewFolder> {
    await this.#ask('views', []);
    return this.#views.folder();
  }

  async keepView(view: SavedView, replace: boolean): Promise<ViewFolder> {
    await this.#ask('keepView', [view, replace]);
    if (this.wish.unsaved) throw { code: 'store', message: 'the saved views could not be written: the disk is full', ref: null } satisfies UiError;
    return this.#views.keep(view, replace);
  }

  async removeView(name: string): Promise<ViewFolder> {
    await this.#ask('removeView', [name]);
    return this.#views.remove(name);
  }

  async recordings(): Promise<RecordingsView> {
    await this.#ask('recordings', []);
    return this.#recordings.view();
  }

  async limitRecordings(draft: RecordingsDraft): Promise<number> {
    await this.#ask('limitRecordings', [draft]);
    return this.#recordings.limit(draft);
  }

  async removeRecordings(): Promise<number> {
    await this.#ask('removeRecordings', []);
    if (this.wish.unsaved) throw { code: 'store', message: 'the disk is read-only', ref: null } satisfies UiError;
    return this.#recordings.clear();
  }

  async accounts() {
    await this.#ask('accounts', []);
    return this.accountsNow();
  }

  async testAccount(draft: AccountDraft, onStep: (step: TestStep) => void): Promise<AccountTest> {
    await this.#ask('testAccount', [draft]);
    const steps = stepsOf(draft, this.wish);
    for (const step of steps) {
      await pause(this.wish.still ? 30 : 500);
      onStep(step);
    }
    return { steps, may_keep: !steps.some(({ outcome }) => outcome === 'trouble') };
  }

  async keepAccount(draft: AccountDraft) {
    await this.#ask('keepAccount', [draft]);
    const all = this.accountsNow();
    const before = all.find((each) => each.account === draft.account);
    const kept = accountOf(draft, before, this.wish.keychain);
    this.#keep({ accounts: before ? all.map((each) => (each === before ? kept : each)) : [...all, kept] });
    return kept.account;
  }

  async removeAccount(account: string, forgetData: boolean) {
    await this.#ask('removeAccount', [account, forgetData]);
    this.#keep({ accounts: this.accountsNow().filter((each) => each.account !== account) });
  }

  async contract(account: string) {
    await this.#ask('contract', [account]);
    return contractWith(this.#kept.changes as ChangeDto[], this.wish.fault);
  }

  async previewChanges(account: string, changes: ChangeDto[]): Promise<ChangePreview> {
    await this.#ask('previewChanges', [account, changes]);
    const wrong = changes.find(({ path, to }) => path.at(-1) === 'path' && to !== null && !to.startsWith('"/'));
    const fault = wrong ? { line: 4, key: wrong.path.join('.'), sentence: 'a path begins with a slash' } : null;
    const empty = changes.filter(({ path }) => path[0] === 'record' && this.wish.emptyMap);
    return { fault, empty_fields: empty.map(({ path }) => `${path[1]}.${path[3]}`) };
  }

  async keepChanges(account: string, changes: ChangeDto[]) {
    await this.#ask('keepChanges', [account, changes]);
    this.#keep({ changes: [...this.#kept.changes, ...changes] });
  }

  async previewProfile(account: string, text: string): Promise<ProfilePreview> {
    await this.#ask('previewProfile', [account, text]);
    const at = text.split('\n').findIndex((line) => line.trim() !== '' && !/^\s*(#|\[|[\w"'.-]+\s*=)/.test(line));
    const fault = at < 0 ? null : { line: at + 1, key: '', sentence: 'expected a key and a value' };
    return { fault, changes: fault ? [] : [{ path: ['zone'], from: '"+08:00"', to: '"+07:00"', source: 'by hand' }] };
  }

  async keepProfile(account: string, text: string) {
    await this.#ask('keepProfile', [account, text]);
    this.#keep({});
  }

  async readDocumentation(account: string, id: string, source: DocumentationSource, onProgress: (progress: ReadProgress) => void) {
    await this.#ask('readDocumentation', [account, source]);
    for (let done = 0; done <= 24; done += 4) {
      onProgress({ done, all: source.from === 'address' ? 24 : null });
      await pause(this.wish.slow ? 400 : 5);
      if (cancelled(id)) return null;
    }
    return proposal();
  }

  async check(account: string, guesses: boolean, onRow: (row: CheckRow) => void) {
    await this.#ask('check', [account, guesses]);
    const rows = checkRows(guesses, this.wish);
    for (const row of rows) {
      await pause(this.wish.still ? 2 : 120);
      onRow(row);
    }
    return rows;
  }

  async supportBundle(account: string) {
    await this.#ask('supportBundle', [account]);
    return 'wheelhouse-support-2026-11-22-0642.zip';
  }

  async raw(kind: RawKind, id: string) {
    await this.#ask('raw', [kind, id]);
    return rawOf(kind, this.#kept.changes as ChangeDto[]);
  }

  async previewMapping(account: string, draft: MappingDraft): Promise<MappingPreview> {
    await this.#ask('previewMapping', [account, draft]);
    const unit = draft.unit ? `, unit = "${draft.unit}"` : '';
    return {
      looked_at: 214, filled: this.wish.emptyMap ? 0 : 209,
      samples: this.wish.emptyMap ? [{ before: null, after: null }] : [{ before: null, after: '0:42' }, { before: null, after: '1:05' }, { before: null, after: null }],
      changes: [{
        path: ['record', draft.record, 'fields', draft.field], from: null,
        to: `{ pointer = ${JSON.stringify(draft.pointer)}${unit} }`, source: 'by click on a raw record',
      }],
    };
  }

  async find(text: string, ask: boolean): Promise<FoundView> {
    await this.#ask('find', [text, ask], ask ? 300 : 20);
    return foundIn(text, ask, this.personWith(text.replace(/\D/g, '').slice(-4)));
  }

  async trial(account: string, verb: VerbDto, target: string, numberOf: NumberOf | null) {
    await this.#ask('trial', [account, verb, target, numberOf]);
    const made = (window.replayed?.acts.length ?? 0) > 0;
    return { verb, evidence: 'assumed' as const, request: requestOf(verb, target), made, seen: made, outcome: made ? 'accepted' : null };
  }

  async keepTrial(actionId: string) {
    await this.#ask('keepTrial', [actionId]);
    const to = '"a guided trial, 2026-11-22"';
    this.#keep({ changes: [...this.#kept.changes, { path: ['endpoint', 'workflow.stop', 'confirmed'], from: null, to, source: 'trial' }] });
  }

  async webhooks(account: string) {
    await this.#ask('webhooks', [account]);
    return webhooksOf(this.wish, this.now(), this.#kept.webhooks as KeptWebhooks);
  }

  async keepWebhooks(draft: WebhooksDraft) {
    await this.#ask('keepWebhooks', [draft]);
    this.#keep({ webhooks: draft });
  }

  async hookEvents(account: string, state: EventState | null, before: number | null) {
    await this.#ask('hookEvents', [account, state, before]);
    return eventsOf(this.wish, this.now()).filter((event) => (!state || event.state === state) && (before === null || event.id < before)).slice(0, 100);
  }
}
