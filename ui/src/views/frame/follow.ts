import { announce } from '../../parts/announce.svelte';
import { emptyList, rowsOf } from '../../store/list';
import { parseLink } from '../../store/link';
import { app, queryOf } from '../../store/live.svelte';
import { router } from '../../store/router.svelte';
import { t } from '../../text';
import { placeOf } from '../alerts/place';

/** Goes where the desktop leads: from a notification, another program or a second start. */
export function follow(link: string): void {
  const to = parseLink(link);
  if (!to) announce(t('app.badLink'));
  else if (to.kind === 'place') router.go(to.route);
  else openAlert(to.id);
}

/** The row that a warning leads to; where it does not hold any more, those that do. */
function openAlert(id: string): void {
  let done = false;
  const close = app.store.open(queryOf('alerts', { count: 500 }), emptyList, (state) => {
    if (done || (!state.ready && !state.error)) return;
    done = true;
    const row = rowsOf(state, 'alert').find((each) => each.id === id);
    router.go(row ? placeOf(row) : { screen: 'alerts' });
    queueMicrotask(() => close());
  });
}
