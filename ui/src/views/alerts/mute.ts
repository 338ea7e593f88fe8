import { asUiError } from '../../host/host';
import { announce } from '../../parts/announce.svelte';
import { app } from '../../store/live.svelte';
import { fmt, plainLine, t } from '../../text';

/** Desktop notifications are switched off for an hour, or on again. Until when they are is the core's to say. */
export async function toggleMute(): Promise<void> {
  try {
    const until = await app.store.host.muteNotices(mutedUntil() === null);
    announce(until === null ? t('mute.ended') : t('mute.until', { time: fmt().clock(until) }));
  } catch (thrown) {
    announce(t('mute.failed', { why: plainLine(asUiError(thrown).message) }));
  }
}

export const mutedUntil = () => app.health?.alerts.muted_until ?? null;
