import { describe, expect, it, vi } from 'vitest';
import { Mixer } from './mixer';

/** Enough of a context to see what is connected with what. */
function context(wakes: boolean, refuses = false) {
  const wires: string[] = [];
  const node = (name: string) => ({
    name,
    gain: { value: 1 },
    connect: (to: { name: string }, output = 0, input = 0) => void wires.push(`${name}:${output}>${to.name}:${input}`),
    disconnect: () => void wires.push(`${name} off`),
  });
  const gains: ReturnType<typeof node>[] = [];
  const parts = {
    state: 'suspended',
    destination: node('out'),
    resume: vi.fn(() => {
      if (!wakes) return new Promise(() => {});
      parts.state = 'running';
      return Promise.resolve();
    }),
    createMediaElementSource: vi.fn(() => {
      if (refuses) throw new DOMException('no');
      return node('source');
    }),
    createChannelSplitter: () => node('splitter'),
    createChannelMerger: () => node('merger'),
    createGain: () => (gains.push(node(`gain${gains.length}`)), gains.at(-1)),
  };
  return { parts, gains, wires, mixer: new Mixer(() => parts as never) };
}
const audio = () => document.createElement('audio');

describe('the volumes of two lanes', () => {
  it('lead each lane through its own, and back to its own side', async () => {
    const { mixer, gains, wires } = context(true);
    const one = audio();
    expect(await mixer.mix(one, [0.5, 2])).toBeNull();
    expect(mixer.leads(one)).toBe(true);
    expect(gains.map((gain) => gain.gain.value)).toEqual([0.5, 2]);
    expect(wires).toEqual(expect.arrayContaining([
      'splitter:0>gain0:0', 'gain0:0>merger:0', 'splitter:1>gain1:0', 'gain1:0>merger:1', 'merger:0>out:0', 'source:0>splitter:0',
    ]));
  });

  it('lead an element once, and the next one in its place', async () => {
    const { mixer, parts, wires } = context(true);
    const [first, second] = [audio(), audio()];
    await mixer.mix(first, [1, 0]);
    await mixer.mix(first, [1, 1]);
    expect(parts.createMediaElementSource).toHaveBeenCalledTimes(1);
    await mixer.mix(second, [1, 1]);
    expect(wires).toContain('source off');
    expect(mixer.leads(first)).toBe(false);
    expect(mixer.leads(second)).toBe(true);
  });

  it('leave the element alone where the context does not begin', async () => {
    vi.useFakeTimers();
    const { mixer, parts } = context(false);
    const one = audio();
    const mixed = mixer.mix(one, [1, 0]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await mixed).toBe('asleep');
    expect(parts.createMediaElementSource).not.toHaveBeenCalled();
    expect(mixer.leads(one)).toBe(false);
    vi.useRealTimers();
  });

  it('say that the window refuses', async () => {
    const { mixer } = context(true, true);
    const one = audio();
    expect(await mixer.mix(one, [1, 0])).toBe('refused');
    expect(mixer.leads(one)).toBe(false);
    const none = new Mixer(() => {
      throw new TypeError('AudioContext is not there');
    });
    expect(await none.mix(one, [1, 0])).toBe('refused');
  });
});
