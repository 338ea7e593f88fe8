import { actions } from './en/actions';
import { alerts } from './en/alerts';
import { calls } from './en/calls';
import { chat } from './en/chat';
import { contract } from './en/contract';
import { dialling } from './en/dialling';
import { endpoints } from './en/endpoints';
import { fields } from './en/fields';
import { frame } from './en/frame';
import { lists } from './en/lists';
import { long } from './en/long';
import { mapping } from './en/mapping';
import { person } from './en/person';
import { reading } from './en/reading';
import { recordings } from './en/recordings';
import { setup } from './en/setup';
import { share } from './en/share';
import { trends } from './en/trends';
import { views } from './en/views';
import { webhooks } from './en/webhooks';
import { words } from './en/words';
import { work } from './en/work';

export const en = {
  ...frame,
  ...words,
  ...work,
  ...calls,
  ...chat,
  ...actions,
  ...alerts,
  ...contract,
  ...dialling,
  ...endpoints,
  ...fields,
  ...lists,
  ...long,
  ...mapping,
  ...person,
  ...reading,
  ...recordings,
  ...setup,
  ...share,
  ...trends,
  ...views,
  ...webhooks,
} as const;

type EnglishKey = keyof typeof en;
/** What `t` takes: a counted sentence is named without its plural form. */
export type TextKey = EnglishKey extends infer K ? (K extends `${infer Stem}_${'one' | 'other'}` ? Stem : K) : never;
/** What another language must have: Chinese counts with one form. */
export type SinglePluralKey = Exclude<EnglishKey, `${string}_one`>;
