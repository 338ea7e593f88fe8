import { asUiError } from '../../host';
import { app } from '../../store/live.svelte';
import { plainLine, t } from '../../text';
import { player } from './player.svelte';

/** Puts recordings into the folder of the downloads, and says where they are. */
class Saving {
  busy = $state(false);

  async save(): Promise<void> {
    const { call } = player;
    if (!call || this.busy) return;
    this.busy = true;
    try {
      const path = await app.store.host.saveRecording(call.id);
      player.say('player.saved', { path: plainLine(path) });
    } catch (thrown) {
      const { code, message } = asUiError(thrown);
      player.say('player.saveFailed', { why: `${t(`error.${code}`)} ${plainLine(message)}` });
    } finally {
      this.busy = false;
    }
  }
}

export const saving = new Saving();
