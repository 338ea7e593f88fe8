import type { PhaseDto } from '../../bindings/types';

const STATUS = /(^|\s)status:(\S*)/i;

/** The phase that a filter asks for, as its `status:` word says. */
export function phaseOf(filter: string): string | null {
  return STATUS.exec(filter)?.[2]?.toLowerCase() || null;
}

export function withoutPhase(filter: string): string {
  return filter.replace(STATUS, '$1').trim();
}

/** Asks for one phase, or for all when it is the one asked for already. */
export function togglePhase(filter: string, phase: PhaseDto): string {
  const words = withoutPhase(filter);
  return phaseOf(filter) === phase ? words : `status:${phase} ${words}`.trim();
}
