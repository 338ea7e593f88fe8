import type { SinglePluralKey } from './en';
import { actions } from './zh-CN/actions';
import { alerts } from './zh-CN/alerts';
import { calls } from './zh-CN/calls';
import { chat } from './zh-CN/chat';
import { contract } from './zh-CN/contract';
import { dialling } from './zh-CN/dialling';
import { endpoints } from './zh-CN/endpoints';
import { fields } from './zh-CN/fields';
import { frame } from './zh-CN/frame';
import { lists } from './zh-CN/lists';
import { long } from './zh-CN/long';
import { mapping } from './zh-CN/mapping';
import { person } from './zh-CN/person';
import { reading } from './zh-CN/reading';
import { recordings } from './zh-CN/recordings';
import { setup } from './zh-CN/setup';
import { share } from './zh-CN/share';
import { trends } from './zh-CN/trends';
import { views } from './zh-CN/views';
import { webhooks } from './zh-CN/webhooks';
import { words } from './zh-CN/words';
import { work } from './zh-CN/work';

export const zhCN = {
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
} satisfies Record<SinglePluralKey, string>;
