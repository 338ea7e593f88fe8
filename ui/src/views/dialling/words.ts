import type { RatioDto } from '../../bindings/types';
import { fmt, t } from '../../text';

/** A ratio as a share; `null`: not reported. */
export const shareOf = (ratio: RatioDto | null): string | null =>
  ratio ? (ratio.den > 0 ? fmt().share(ratio.num, ratio.den) : t('word.noValue')) : null;

export const countOf = (count: number | null): string | null => (count === null ? null : fmt().number(count));
