export const SCREENS = ['watch', 'workflow', 'person', 'calls', 'conversations', 'tasks', 'journal', 'alerts', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

/** A place in the app. Everything that a reload must bring back is in it. */
export interface Route {
  readonly screen: Screen;
  /** The row id of the workflow, on its screen; of a person, the record that names them (`account/call/id`). */
  readonly id: string | null;
  readonly params: Readonly<Record<string, string>>;
}

export const HOME: Route = { screen: 'watch', id: null, params: {} };

/** What stands open in the detail pane. */
export interface Opened {
  kind: (typeof OPENS)[number];
  id: string;
}
const OPENS = ['call', 'session', 'waba', 'task', 'plan', 'round'] as const;

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = splitOnce(hash.replace(/^#?\/?/, ''), '?');
  const [first = '', ...rest] = path.split('/').map(decode);
  const params = Object.fromEntries(new URLSearchParams(search));
  const id = rest.join('/') || null;
  if (first === 'call' && id) return { screen: 'calls', id: null, params: { ...params, open: `call/${id}` } };
  if (first === 'session' && id) {
    return { screen: 'conversations', id: null, params: { ...params, open: `session/${id}` } };
  }
  const screen = SCREENS.find((name) => name === first);
  if (!screen || (screen === 'workflow' || screen === 'person') !== (id !== null)) return HOME;
  return { screen, id, params };
}

export function formatRoute({ screen, id, params }: Route): string {
  const path = [screen, ...(id ? id.split('/') : [])].map(encodeURIComponent).join('/');
  const filled = Object.entries(params).filter(([, value]) => value !== '');
  const search = new URLSearchParams(filled).toString();
  return `#/${path}${search ? `?${search}` : ''}`;
}

export function opened(route: Route): Opened | null {
  const [said, id] = splitOnce(route.params.open ?? '', '/');
  const kind = OPENS.find((name) => name === said);
  return kind && id ? { kind, id } : null;
}

function splitOnce(text: string, at: string): [string, string?] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + at.length)];
}

/** An address typed by hand can hold a lone `%`. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
