import { formatRoute, HOME, parseRoute, type Route } from './route';

/** WebKit refuses more than 100 changes of the address in 30 s: small ones wait and go together. */
const WRITE_AFTER_MS = 350;

class Router {
  route = $state.raw<Route>(HOME);
  #pending: ReturnType<typeof setTimeout> | undefined;

  start(): () => void {
    const read = () => {
      this.#forget();
      this.route = parseRoute(location.hash);
    };
    read();
    window.addEventListener('popstate', read);
    window.addEventListener('hashchange', read);
    window.addEventListener('pagehide', () => this.#write());
    return () => {
      window.removeEventListener('popstate', read);
      window.removeEventListener('hashchange', read);
    };
  }

  /** Goes to another place; *back* returns to this one. */
  go(to: Partial<Route> & Pick<Route, 'screen'>): void {
    this.#write();
    this.route = { id: null, params: {}, ...to };
    history.pushState({ depth: depth() + 1 }, '', formatRoute(this.route));
  }

  /** Opens or closes something of this place as a step that *back* undoes. */
  step(params: Record<string, string | null>): void {
    this.go({ ...this.route, params: merge(this.route.params, params) });
  }

  /** Changes how this place is seen (filter, sort, selection, scroll), without a step. */
  set(params: Record<string, string | null>): void {
    this.route = { ...this.route, params: merge(this.route.params, params) };
    clearTimeout(this.#pending);
    this.#pending = setTimeout(() => this.#write(), WRITE_AFTER_MS);
  }

  back(otherwise: Route): void {
    this.#write();
    if (depth() > 0) history.back();
    else this.go(otherwise);
  }

  #write(): void {
    if (this.#pending === undefined) return;
    this.#forget();
    history.replaceState(history.state, '', formatRoute(this.route));
  }

  #forget(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
  }
}

/** Steps taken inside the app since it was opened. */
function depth(): number {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'depth' in state ? Number(state.depth) : 0;
}

function merge(params: Readonly<Record<string, string>>, changes: Record<string, string | null>) {
  const next = { ...params };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') delete next[key];
    else next[key] = value;
  }
  return next;
}

export const router = new Router();
export { formatRoute };
