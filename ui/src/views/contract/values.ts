import type { ChangeDto, ContractValue, ProfileFault } from '../../bindings/types';
import { readLiteral, table, type Parts } from './toml';

export const PARTS: Record<string, readonly string[]> = {
  window: ['days', 'format'],
  envelope: ['code', 'message'],
  params: ['name', 'place', 'value'],
};

/** How deep a value lies that is said as a whole, with its parts between braces. */
const depthOf = (path: readonly string[]) => (path[2] === 'params' ? 4 : 3);

/** An endpoint's values, each said as a whole: one spelt part by part is put together. */
export function wholes(values: readonly ContractValue[]): ContractValue[] {
  const found: ContractValue[] = [];
  for (const value of values) {
    const depth = depthOf(value.path);
    if (value.path.length <= depth) found.push(value);
    else if (!found.some((each) => isAt(each.path, value.path.slice(0, depth)))) found.push(together(values, value.path.slice(0, depth)));
  }
  return found;
}

function together(values: readonly ContractValue[], path: string[]): ContractValue {
  const parts: Parts = {};
  let from: ContractValue['from'] = 'built_in';
  for (const value of values) {
    const part = value.path[path.length];
    if (part === undefined || !isAt(value.path.slice(0, path.length), path)) continue;
    parts[part] = readLiteral(value.toml) ?? value.value;
    if (value.from === 'profile') from = 'profile';
  }
  return { path, value: '', toml: table(parts), from };
}

const isAt = (one: readonly string[], other: readonly string[]) => one.length === other.length && one.every((part, at) => part === other[at]);

/** `endpoint."workflow.list".pth` as a path; `null` where it is none. */
export function pathOf(key: string): string[] | null {
  const parts = key.match(/"(?:[^"\\]|\\.)*"|'[^']*'|[^."']+|\./g) ?? [];
  if (parts.join('') !== key) return null;
  const path = parts.filter((part) => part !== '.').map((part) => (/^["']/.test(part) ? (readLiteral(part) ?? part) : part.trim()));
  return path.length > 0 ? path.map(String) : null;
}

/** What takes the key of a fault out of the profile; `null` where the fault names none. */
export function repair(fault: ProfileFault, text: string, source: string): ChangeDto | null {
  const path = fault.key === '' ? null : pathOf(fault.key);
  if (!path) return null;
  const line = text.split('\n')[fault.line - 1] ?? '';
  const written = line.includes('=') ? line.slice(line.indexOf('=') + 1).trim() : null;
  return { path, from: written, to: null, source };
}
