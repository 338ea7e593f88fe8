/** The list that the keys of the whole window move in. */
export interface ActiveList {
  move(by: number): void;
  page(by: number): void;
  open(): void;
  /** Picks the chosen row, or no longer. */
  pick?(): void;
  /** Plays the chosen row's recording; `false` where there is none. */
  play?(): boolean;
}

let lists: ActiveList[] = [];

/** The list opened last has the keys; returns what gives them back. */
export function takeKeys(list: ActiveList): () => void {
  lists = [...lists, list];
  return () => {
    lists = lists.filter((other) => other !== list);
  };
}

export function activeList(): ActiveList | undefined {
  return lists.at(-1);
}
