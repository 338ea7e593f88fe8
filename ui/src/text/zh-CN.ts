import type { SinglePluralKey } from './en';
import { actions } from './zh-CN/actions';
import { calls } from './zh-CN/calls';
import { chat } from './zh-CN/chat';
import { frame } from './zh-CN/frame';
import { setup } from './zh-CN/setup';
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
  ...setup,
  ...webhooks,
} satisfies Record<SinglePluralKey, string>;
