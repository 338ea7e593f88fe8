import type { AccountHealth, ShapeChangeDto } from '../../bindings/types';

/** The changes that came after the person last put the notices away, the newest first. */
export const newShapes = (account: AccountHealth | undefined, until: number): ShapeChangeDto[] =>
  (account?.shape_changes ?? []).filter((change) => change.at > until);
