import type {
  ActRequest,
  AlertSettingsDraft,
  AlertSettingsView,
  BlastRadius,
  CourseView,
  ErrorCode,
  ExportAsk,
  ExportProgress,
  Frame,
  Hello,
  NoteChange,
  NoteRow,
  NoticeWords,
  NumberOf,
  PageWords,
  Peaks,
  Query,
  ReceiptDto,
  SavedExport,
  UiError,
  VerbDto,
} from '../bindings/types';
import type { Setup } from './setup';

/** Everything that the page asks of the core. Each promise rejects with a `UiError`. */
export interface Host extends Setup {
  connect(onFrames: (frames: Frame[]) => void): Promise<Hello>;
  watch(sub: number, query: Query): Promise<void>;
  unwatch(sub: number): Promise<void>;
  resync(sub: number): Promise<void>;
  blastRadius(verb: VerbDto, target: string, numberOf: NumberOf | null): Promise<BlastRadius>;
  act(request: ActRequest): Promise<ReceiptDto>;
  peaks(call: string): Promise<Peaks>;
  recording(call: string): Promise<ArrayBuffer>;
  /** How a workflow went, by its row id. */
  course(workflow: string): Promise<CourseView>;
  /** Writes a list into a file of the downloads; `onProgress` hears how far it is. */
  export(ask: ExportAsk, onProgress: (progress: ExportProgress) => void): Promise<SavedExport>;
  /** Ends an export or a reading by the id that it was begun with; what has ended already is none. */
  cancelWork(id: string): Promise<void>;
  /** Makes a page of a conversation; resolves with the file's place in the folder of the downloads. */
  saveSession(session: string, words: PageWords): Promise<string>;
  /** Opens the system's dialog that prints what the page shows for print. */
  print(): Promise<void>;
  /** Puts the recording into the folder of the downloads; answers where it is. */
  saveRecording(call: string): Promise<string>;
  /** Of one recording, in the order of its time. */
  notes(call: string): Promise<NoteRow[]>;
  /** Answers all notes of the call, as they are then. */
  changeNotes(call: string, change: NoteChange): Promise<NoteRow[]>;
  /** From the answer on nothing is told in the way before. */
  shareScreen(on: boolean): Promise<void>;
  alertSettings(): Promise<AlertSettingsView>;
  keepAlertSettings(draft: AlertSettingsDraft): Promise<void>;
  /** Puts warnings off until a time; `null` ends that. */
  /** For an hour, or told again at once. Gives until when. */
  muteNotices(on: boolean): Promise<number | null>;
  snoozeAlerts(ids: string[], until: number | null): Promise<void>;
  /** What the desktop is told of warnings, in the page's language. */
  noticeWords(words: NoticeWords): Promise<void>;
}

/** What was thrown, as an error that the screen has words for. */
export function asUiError(thrown: unknown, code: ErrorCode = 'bad_request'): UiError {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown) {
    return { ...(thrown as UiError), ref: (thrown as UiError).ref ?? null };
  }
  return { code, message: thrown instanceof Error ? thrown.message : String(thrown), ref: null };
}
