import type { Host } from './host';
import { tauriHost } from './tauri';

/** The recorded world exists only in the replay build: elsewhere the branch is compiled away. */
export async function openHost(): Promise<Host> {
  if (import.meta.env.MODE === 'replay') {
    const { replayHost } = await import('./replay');
    return replayHost();
  }
  return tauriHost();
}

export { asUiError, type Host } from './host';
export type { RawKind } from './setup';
