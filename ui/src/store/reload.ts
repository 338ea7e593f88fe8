/** Loads the page again after the core was started anew. Where it stands is in its address. */
export function reload(): void {
  location.reload();
}
