import type { Route } from './route';

/** What a link leads to: a place, or a warning, whose place only its row knows. */
export type Linked = { kind: 'place'; route: Route } | { kind: 'alert'; id: string };

const SCHEME = 'wheelhouse://';
/** No id of ours is longer; a longer one was made up. */
const LONGEST = 512;
const RECORDS = ['call', 'session', 'waba'];

/** The link to a row: `wheelhouse://call/<account>/<id>`. It names the record, never a number. */
export function linkOf(kind: 'workflow' | 'call' | 'session', rowId: string): string {
  const cut = rowId.indexOf('/');
  return SCHEME + [kind, rowId.slice(0, cut), rowId.slice(cut + 1)].map(encodeURIComponent).join('/');
}

/** A person is named by one of their records: `account/call/id`. */
export function personLink(id: string): string {
  const [account = '', kind = '', ...rest] = id.split('/');
  return SCHEME + ['person', account, kind, rest.join('/')].map(encodeURIComponent).join('/');
}

/**
 * Where a link leads; `null` for all that is not one of ours to the letter. Anybody can write one, so it
 * opens a screen and can do nothing else: no filter, no dialog, no action is part of what it can say.
 */
export function parseLink(link: string): Linked | null {
  if (!link.startsWith(SCHEME) || link.length > LONGEST || /[?#\s]/.test(link)) return null;
  const parts = link.slice(SCHEME.length).split('/').map(decode);
  const [kind, account, second, third] = parts;
  if (parts.some((part) => !part)) return null;
  const place = (route: Route): Linked => ({ kind: 'place', route });
  const row = `${account}/${second}`;
  switch (`${kind} ${parts.length}`) {
    case 'alerts 1':
      return place({ screen: 'alerts', id: null, params: {} });
    case 'alert 2':
      return account && /^\d{1,15}$/.test(account) ? { kind: 'alert', id: account } : null;
    case 'workflow 3':
      return place({ screen: 'workflow', id: row, params: {} });
    case 'call 3':
      return place({ screen: 'calls', id: null, params: { open: `call/${row}` } });
    case 'session 3':
      return place({ screen: 'conversations', id: null, params: { open: `session/${row}` } });
    case 'person 4':
      return RECORDS.includes(second ?? '') ? place({ screen: 'person', id: `${row}/${third}`, params: {} }) : null;
    default:
      return null;
  }
}

/** A segment; `null` where it is empty, not readable, or holds what no id holds. */
function decode(part: string): string | null {
  try {
    const text = decodeURIComponent(part);
    return /[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(text) ? null : text || null;
  } catch {
    return null;
  }
}
