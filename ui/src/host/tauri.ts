import { Channel, invoke } from '@tauri-apps/api/core';
import type { Frame } from '../bindings/types';
import type { Host } from './host';

/** The app's own window: one channel carries the frames of every subscription. */
export function tauriHost(): Host {
  return {
    connect(onFrames) {
      const channel = new Channel<Frame[]>();
      channel.onmessage = onFrames;
      return invoke('connect', { channel });
    },
    watch: (sub, query) => invoke('watch', { sub, query }),
    unwatch: (sub) => invoke('unwatch', { sub }),
    resync: (sub) => invoke('resync', { sub }),
    blastRadius: (verb, workflow, numberOf) =>
      invoke('blast_radius', { verb, workflow, numberOf }),
    act: (request) => invoke('act', { request }),
    peaks: (call) => invoke('peaks', { call }),
    recording: (call) => invoke('recording', { call }),
  };
}
