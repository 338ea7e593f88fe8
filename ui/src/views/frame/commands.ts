import { app } from '../../store/live.svelte';
import { ZONES } from '../../store/preferences';
import { router } from '../../store/router.svelte';
import { t, text } from '../../text';
import { mutedUntil, toggleMute } from '../alerts/mute';
import { share } from './share';

/** What the palette does beside going somewhere. */
export function commands(): { id: string; words: string; go: () => void }[] {
  const { zone, still } = text.preferences;
  return [
    { id: 'share', words: t(app.sharing ? 'share.end' : 'share.button'), go: () => void share() },
    ...ZONES.filter((each) => each !== zone).map((each) => ({ id: `zone-${each}`, words: t(`zone.show.${each}`), go: () => text.set({ zone: each }) })),
    { id: 'shift', words: t('alerts.shiftSet'), go: () => router.go({ screen: 'alerts', params: { view: 'rules' } }) },
    { id: 'mute', words: t(mutedUntil() === null ? 'mute.hour' : 'mute.end'), go: () => void toggleMute() },
    { id: 'still', words: t(still ? 'motion.move' : 'motion.still'), go: () => text.set({ still: !still }) },
    { id: 'freeze', words: t(app.frozen ? 'bar.unfreeze' : 'palette.freeze'), go: () => app.store.freeze(!app.frozen) },
  ];
}
