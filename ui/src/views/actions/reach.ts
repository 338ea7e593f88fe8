import type { VerbDto } from '../../bindings/types';

/** How much a verb ends: all of its subject, what is still to come for one number, or one conversation. */
export type Reach = 'whole' | 'number' | 'session';

const REACH: Record<VerbDto, Reach> = {
  stop_workflow: 'whole',
  cancel_rest: 'number',
  cancel_task: 'whole',
  cancel_plan: 'whole',
  cancel_task_rest: 'number',
  cancel_plan_rest: 'number',
  cancel_contact: 'number',
  end_session: 'session',
  cancel_leads_call: 'number',
};

export const reachOf = (verb: VerbDto): Reach => REACH[verb];
