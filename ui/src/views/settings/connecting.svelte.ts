import type { AccountSettings, StepName, TestStep } from '../../bindings/types';
import { app } from '../../store/live.svelte';
import { reload } from '../../store/reload';
import { connectionKept, connectionOf, draftOf, missing, needs, typedOf, type Typed } from './account';
import { Asked } from './asked.svelte';

export const STEPS: StepName[] = ['address', 'sign_in', 'zone', 'chatbot', 'pds', 'keychain'];

/** One account on its way from what is typed, over the test, to being kept. */
export class Connecting {
  typed: Typed;
  steps = $state.raw<TestStep[]>([]);
  testing = $state(false);
  keeping = $state(false);
  readonly failed = new Asked<never>();
  readonly kept: AccountSettings | null;
  #tested = $state.raw<{ connection: string; mayKeep: boolean } | null>(null);

  constructor(kept: AccountSettings | null) {
    this.kept = kept;
    this.typed = $state(typedOf(kept));
  }

  get needs() {
    return needs(this.typed, this.kept);
  }
  get missing() {
    return missing(this.typed, this.kept);
  }
  /** The test was about something else than what stands there now. */
  get stale(): boolean {
    return this.#tested !== null && this.#tested.connection !== connectionOf(this.typed);
  }
  get needsTest(): boolean {
    return !connectionKept(this.typed, this.kept);
  }
  get passed(): boolean {
    return this.#tested !== null && !this.stale && this.#tested.mayKeep;
  }
  get tested(): boolean {
    return this.#tested !== null;
  }
  get mayKeep(): boolean {
    return this.needs.length === 0 && !this.testing && !this.keeping && (this.passed || !this.needsTest);
  }

  step(name: StepName): TestStep | undefined {
    return this.steps.findLast(({ step }) => step === name);
  }

  async test(): Promise<void> {
    if (this.testing || this.needs.length > 0) return;
    const connection = connectionOf(this.typed);
    this.testing = true;
    this.#tested = null;
    this.steps = [];
    this.failed.forget();
    const draft = draftOf(this.typed, this.kept);
    await this.failed.ask(async () => {
      const { steps, may_keep } = await app.store.host.testAccount(draft, (step) => (this.steps = [...this.steps, step]));
      this.steps = steps;
      this.#tested = { connection, mayKeep: may_keep };
      return null as never;
    });
    this.testing = false;
  }

  /** The secrets leave the page with the draft; then the page is loaded again. */
  async keep(): Promise<void> {
    if (!this.mayKeep) return;
    this.keeping = true;
    const draft = draftOf(this.typed, this.kept);
    await this.failed.ask(async () => {
      await app.store.host.keepAccount(draft);
      Object.assign(this.typed, { key: '', secret: '', chatbot_key: '', chatbot_secret: '', pds_key: '', pds_secret: '' });
      reload();
      return null as never;
    });
    if (this.failed.error) this.keeping = false;
  }
}
