import type { BlastKind, ErrorCode, OutcomeDto, PhaseDto, SourceDto } from '../../bindings/types';

const phases = {
  'phase.failed': 'Failed',
  'phase.stopping': 'Stopping',
  'phase.running': 'Running',
  'phase.paused': 'Paused',
  'phase.pending': 'Pending',
  'phase.stopped': 'Stopped',
  'phase.finished': 'Finished',
  'phase.unknown': 'Unknown word',
} satisfies Record<`phase.${PhaseDto}`, string>;

const errors = {
  'error.filter': 'The filter cannot be read.',
  'error.unreachable': 'No connection. Check the network; we try again.',
  'error.tls': 'The connection is not secure. Check the certificate or the proxy; we try again.',
  'error.sign_in': 'The vendor refuses key and secret. Check both.',
  'error.rate_limited': 'The vendor asks us to wait. We slow down and try again.',
  'error.vendor_fault': 'The vendor has a fault of its own. We try again.',
  'error.vendor_refused': 'The vendor says no.',
  'error.unreadable_answer': 'The answer is not what the contract says. What was stored stays.',
  'error.too_large': 'The answer is larger than its limit, so reading stopped there.',
  'error.not_confirmed': 'This path is a guess and the account’s contract does not confirm it. Use the vendor’s console.',
  'error.read_only': 'This account is read-only here, so nothing can be sent.',
  'error.already_over': 'It is already over. Nothing was sent.',
  'error.not_found': 'Nothing is stored under this id.',
  'error.no_recording': 'There is no recording of this call.',
  'error.recording_gone': 'There was a recording, but the vendor does not hand it out any more.',
  'error.not_audio': 'This recording cannot be played, because what came is no audio.',
  'error.recording_archive': 'The recordings came as an archive (zip), and this one could not be taken out of it.',
  'error.store': 'The local store failed.',
  'error.not_saved': 'The file could not be written into the folder of your downloads.',
  'error.bad_request': 'The app asked for something that makes no sense. This is a fault of ours.',
} satisfies Record<`error.${ErrorCode}`, string>;

const blast = {
  'blast.numbers_left': 'Numbers not finished',
  'blast.calls_running': 'Calls running now',
  'blast.waba_queued': 'WhatsApp messages not sent',
  'blast.open_chats': 'Open conversations',
  'blast.rounds': 'Rounds not over',
} satisfies Record<`blast.${BlastKind}`, string>;

const outcomes = {
  'outcome.requested': 'Asked',
  'outcome.accepted': 'Accepted',
  'outcome.refused': 'Refused',
  'outcome.failed': 'Not sent',
  'outcome.unknown': 'Unknown',
  'outcome.outside': 'Done in the console',
  'outcomeSentence.requested': 'Written down, no answer yet.',
  'outcomeSentence.accepted': 'The vendor said yes. Whether it did it shows next.',
  'outcomeSentence.refused': 'The vendor said no. Nothing changed by us.',
  'outcomeSentence.failed': 'Nothing was sent: there was no connection.',
  'outcomeSentence.unknown': 'It was sent and no readable answer came. Look at the status before trying again.',
  'outcomeSentence.outside': 'Nothing was sent from here. Whether it was done shows next.',
} satisfies Record<`outcome.${OutcomeDto}` | `outcomeSentence.${OutcomeDto}`, string>;

const sources = {
  'source.api': 'the API',
  'source.webhook': 'a webhook',
  'source.file': 'a file',
} satisfies Record<`source.${SourceDto}`, string>;

export const words = {
  ...phases,
  ...errors,
  ...blast,
  ...outcomes,
  ...sources,
  'phase.none': 'not reported',
  'error.detail': 'Detail: {{message}}',
  'error.ref': 'Reference {{ref}}',
  'word.notReported': 'not reported',
  'word.noValue': '–',
  'word.yes': 'yes',
  'word.no': 'no',
  'word.close': 'Close',
  'word.cancel': 'Cancel',
  'word.back': 'Back',
  'word.copy': 'Copy',
  'word.copied': 'Copied',
  'word.more': 'Show all {{count, number}} characters',
  'word.less': 'Show less',
  'word.guess': 'a guess',
  'word.loading': 'Loading…',
  'word.as': 'as written: {{written}}',
  'list.loading': 'Reading what is stored…',
  'list.noMatch': 'Nothing matches “{{filter}}”',
  'list.clear': 'Clear the filter',
  'list.failed': 'This list could not be read',
  'list.filter': 'Filter',
  'list.filterHint': 'Filter  /',
  'list.count_one': '{{count, number}} row',
  'list.count_other': '{{count, number}} rows',
  'time.now': 'now',
  'time.longDay': '{{days}} d',
} as const;
