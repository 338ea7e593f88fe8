import { announce } from '../../parts/announce.svelte';
import { asUiError } from '../../host';
import { app, queryOf } from '../../store/live.svelte';
import { once } from '../../store/once';
import { t } from '../../text';
import { notes } from '../player/notes.svelte';
import { player } from '../player/player.svelte';
import { panels } from './keys.svelte';

/** Turns numbers, names and case ids into pseudonyms on every screen, or back. */
export async function share(on = !app.sharing): Promise<void> {
  // What stands open was told in the way before.
  panels.act = panels.bulk = panels.find = null;
  panels.palette = panels.help = false;
  player.callee = null;
  void notes.load(null);
  try {
    await app.share(on);
    announce(t(on ? 'share.on' : 'share.off'));
  } catch (thrown) {
    announce(t('share.failed', { why: asUiError(thrown).message }));
  }
  if (player.call) await renamed(player.call.id);
}

/** The player goes on: its number and its notes are told anew. */
async function renamed(call: string): Promise<void> {
  try {
    const { rows } = await once(queryOf('call', { scope: call, count: 1 }));
    const row = rows[0];
    if (player.call?.id !== call) return;
    if (row?.list === 'call_detail') player.callee = row.row.call.callee;
    await notes.load(call);
  } catch {
    // It stays without its number: the call itself is a press away.
  }
}
