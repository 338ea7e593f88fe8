import type { LimitView, RecordingsDraft, RecordingsView } from '../../bindings/types';

const GIGABYTE = 2 ** 30;
const limit = (name: string, value: number, most: number): LimitView => ({ name, value, default: value, least: 1, most });

/** A shelf of recordings, each of so many bytes and so many days old. */
export class Recordings {
  #gigabytes = limit('gigabytes', 2, 500);
  #days = limit('days', 30, 365);
  #each: { days: number; bytes: number }[];

  constructor(empty: boolean) {
    this.#each = empty ? [] : Array.from({ length: 520 }, (_, at) => ({ days: at % 28, bytes: 3 * 2 ** 20 }));
  }

  view(): RecordingsView {
    const bytes = this.#each.reduce((sum, each) => sum + each.bytes, 0);
    return { recordings: this.#each.length, bytes, gigabytes: this.#gigabytes, days: this.#days };
  }

  limit({ gigabytes, days }: RecordingsDraft): number {
    const before = this.#each.length;
    this.#gigabytes = { ...this.#gigabytes, value: gigabytes };
    this.#days = { ...this.#days, value: days };
    let room = gigabytes * GIGABYTE;
    this.#each = this.#each.filter((each) => each.days < days && (room -= each.bytes) >= 0);
    return before - this.#each.length;
  }

  clear(): number {
    return this.#each.splice(0).length;
  }
}
