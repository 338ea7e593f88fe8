/** The row id of the workflow that a call or a session belongs to. */
export function workflowIdOf(row: { account: string; workflow_id: string | null }): string | null {
  return row.workflow_id === null ? null : `${row.account}/${row.workflow_id}`;
}
