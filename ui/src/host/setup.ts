import type {
  AccountDraft,
  AccountSettings,
  AccountTest,
  ChangeDto,
  ChangePreview,
  CheckRow,
  ContractView,
  DocumentationSource,
  EventRow,
  EventState,
  FoundView,
  MappingDraft,
  MappingPreview,
  NumberOf,
  ProfilePreview,
  ProposalDto,
  RawView,
  ReadProgress,
  RecordingsDraft,
  RecordingsView,
  SavedView,
  TestStep,
  TrialView,
  VerbDto,
  ViewFolder,
  WebhooksDraft,
  WebhooksView,
} from '../bindings/types';

/** Kinds of records whose raw JSON can be looked at. */
export type RawKind =
  | 'template' | 'workflow' | 'node' | 'task' | 'call' | 'waba_task' | 'waba_message' | 'session' | 'message'
  | 'calling_task' | 'plan' | 'round';

/**
 * What the settings ask of the core. Each promise rejects with a `UiError`. Where a method is marked
 * *restarts*, the core is started again before it resolves: the page has to be loaded again then
 * (`store/reload.ts`).
 */
export interface Setup {
  /** The views that were named, as their files are now. */
  views(): Promise<ViewFolder>;
  /** Rejects with `view_exists` where the name is taken and is not to be replaced. */
  keepView(view: SavedView, replace: boolean): Promise<ViewFolder>;
  removeView(name: string): Promise<ViewFolder>;
  /** The recordings that lie on this computer. */
  recordings(): Promise<RecordingsView>;
  /** Holds at once; resolves with how many recordings went for it. */
  limitRecordings(draft: RecordingsDraft): Promise<number>;
  /** Resolves with how many there were. */
  removeRecordings(): Promise<number>;
  accounts(): Promise<AccountSettings[]>;
  testAccount(draft: AccountDraft, onStep: (step: TestStep) => void): Promise<AccountTest>;
  /** Restarts. Resolves with the account's id. */
  keepAccount(draft: AccountDraft): Promise<string>;
  /** Restarts. */
  removeAccount(account: string, forgetData: boolean): Promise<void>;
  contract(account: string): Promise<ContractView>;
  previewChanges(account: string, changes: ChangeDto[]): Promise<ChangePreview>;
  /** Restarts. */
  keepChanges(account: string, changes: ChangeDto[]): Promise<void>;
  /** What a profile's text would change. */
  previewProfile(account: string, text: string): Promise<ProfilePreview>;
  /** Restarts. */
  keepProfile(account: string, text: string): Promise<void>;
  /** `null`: cancelled, by this id. */
  readDocumentation(account: string, id: string, source: DocumentationSource, onProgress: (progress: ReadProgress) => void): Promise<ProposalDto | null>;
  check(account: string, guesses: boolean, onRow: (row: CheckRow) => void): Promise<CheckRow[]>;
  /** Resolves with the file's name. */
  supportBundle(account: string): Promise<string>;
  raw(kind: RawKind, id: string): Promise<RawView>;
  previewMapping(account: string, draft: MappingDraft): Promise<MappingPreview>;
  /** With `ask` the vendor is asked too, where it can be. */
  find(text: string, ask: boolean): Promise<FoundView>;
  trial(account: string, verb: VerbDto, target: string, numberOf: NumberOf | null): Promise<TrialView>;
  /** Restarts. */
  keepTrial(actionId: string): Promise<void>;
  webhooks(account: string): Promise<WebhooksView>;
  /** Restarts. */
  keepWebhooks(draft: WebhooksDraft): Promise<void>;
  /** Newest first, at most 100 that are older than `before`. */
  hookEvents(account: string, state: EventState | null, before: number | null): Promise<EventRow[]>;
}
