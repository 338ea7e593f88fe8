const ids = new Set<string>();

export function cancel(id: string): void {
  ids.add(id);
}

/** True once. */
export const cancelled = (id: string): boolean => ids.delete(id);
