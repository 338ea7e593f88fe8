import type { NeedDto, ProblemDto } from '../../bindings/types';

const needs = {
  'need.failed': 'Failed',
  'need.stop_not_seen': 'Told to stop, not seen',
  'need.no_calls': 'No call in {{time}}',
  'need.few_reached': 'Few reached',
} satisfies Record<`need.${NeedDto}`, string>;

const needHints = {
  'needHint.failed': 'It failed within the last 24 hours.',
  'needHint.stop_not_seen': 'It was told to stop, and after a minute it was not seen stopped.',
  'needHint.no_calls': 'It runs and is not through, and no call started for ten minutes.',
  'needHint.few_reached': 'Of at least 100 numbers dialled, less than a tenth were reached.',
} satisfies Record<`needHint.${NeedDto}`, string>;

const problems = {
  'filterFault.unknown_field': 'This list has no field “{{word}}”.',
  'filterFault.unknown_value': '“{{word}}” is none of the values here.',
  'filterFault.no_value': 'A value is missing.',
  'filterFault.no_share': 'A share reads like 20%.',
  'filterFault.no_count': 'A count is a whole number.',
  'filterFault.no_duration': 'A time reads like 30s, 5m, 2h or 3d.',
  'filterFault.not_ordered': 'This field is not compared; a colon asks for what it holds.',
  'filterFault.open_quote': 'The quote is not closed.',
} satisfies Record<`filterFault.${ProblemDto}`, string>;

export const lists = {
  ...needs,
  ...needHints,
  ...problems,
  'filterFault.title': 'The filter cannot be read here. The list stays as it was.',
  'filterFault.use': 'Use “{{word}}”',
  'filterFault.known': 'It could be: {{words}}',
  'filterFault.quote': 'To look for it as text, put it in quotes.',
  'filter.terms': 'What the filter asks for',
  'filter.without': 'Without {{term}}',
  'columns.title': 'Columns',
  'columns.show': 'Show {{column}}',
  'columns.narrower': 'Make {{column}} narrower',
  'columns.wider': 'Make {{column}} wider',
  'columns.reset': 'As they were',
  'columns.drag': 'Drag to change the width',
  'col.need': 'Look at',
  'col.attempts': 'Attempts',
  'col.shortCalls': 'Short calls',
  'col.sessions': 'Sessions',
  'col.created': 'Created',
  'col.account': 'Account',
};
