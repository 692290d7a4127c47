/** Process actions on records that the result names. */
import type { CommandReport, OutputRows, StatusChange } from '../commands/types';
import { FailureError, failure } from '../definition/errors';
import { cellAt, cellToText, type KintoneFields, type Table } from '../table';
import { matchRecords } from './diff';
import { NO_RECORD } from './match';
import { recordReader } from './removals';
import type { StoredPrecision } from './stored';
import type { OutputPlan, PlannedStatus } from './types';

/** Process management of an app (GET app/status). */
export interface ProcessRules {
  readonly isEnabled: boolean;
  readonly actions: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

/** How many records a failure names. */
const NAMED_MAX = 5;

/**
 * Plans one action per row. Records that already are where the action leads count as unchanged, so that
 * a second run finds nothing to do; rows without a record count as unmatched. Conditions on actions and
 * assignees are kintone's to judge. Throws `FailureError`: `processOff`, `actionUnknown {action}`,
 * `actionNotAllowed {action, status, count, values}` (policy fail), and the key failures of `planOutput`.
 */
export function planStatuses(
  output: OutputRows,
  current: Table,
  fields: KintoneFields,
  precision: StoredPrecision,
  process: ProcessRules,
): OutputPlan {
  const place = { ...output.place, appId: output.app.appId };
  const change = output.statusChange;
  if (change === undefined) throw new Error('A plan of process actions needs its actions');
  const status = Object.values(fields).find((property) => property.type === 'STATUS');
  if (!process.isEnabled || status === undefined) throw new FailureError(failure('processOff', {}, place));
  const column = current.columns.find((candidate) => candidate.spec.name === status.code);
  const { matches, labelOf, reports } = matchRecords(output, current, fields, precision);
  const before = recordReader(current);
  const statuses: PlannedStatus[] = [];
  const refused: Refused[] = [];
  let unchanged = 0;
  let unmatched = 0;
  matches.forEach((recordRow, row) => {
    if (recordRow < NO_RECORD) return;
    if (recordRow === NO_RECORD) {
      unmatched += 1;
      return;
    }
    const { action, assignee } = wantedChange(change, row);
    const now = column === undefined ? '' : cellToText('choice', cellAt(column, recordRow));
    const named = process.actions.filter((candidate) => candidate.name === action);
    if (action !== '' && named.length === 0) {
      throw new FailureError(failure('actionUnknown', { action }, { ...place, row }));
    }
    const next = named.find((candidate) => candidate.from === now);
    if (action === '' || (next === undefined && named.some((candidate) => candidate.to === now))) {
      unchanged += 1;
    } else if (next === undefined) {
      refused.push({ action, status: now, label: labelOf(row), row });
    } else {
      statuses.push({
        recordId: String(current.origin?.ids[recordRow]),
        revision: String(current.origin?.revisions[recordRow]),
        action,
        assignee,
        before: before(recordRow),
        fields: { [status.code]: { value: next.to } },
        label: labelOf(row),
      });
    }
  });
  return {
    flowId: output.place.flowId ?? '',
    commandId: output.place.commandId ?? '',
    app: output.app,
    mode: output.mode,
    keys: output.keys,
    adds: [],
    updates: [],
    deletes: [],
    statuses,
    unchanged,
    unmatched,
    reports: [...reports, ...refusedReports(refused, change, output)],
  };
}

interface Refused {
  readonly action: string;
  readonly status: string;
  readonly label: string;
  readonly row: number;
}

function wantedChange(change: StatusChange, row: number): { action: string; assignee: string | null } {
  const assignee = change.assignee === null ? null : cellAt(change.assignee, row);
  const code = Array.isArray(assignee)
    ? (assignee as readonly { readonly code?: string }[])[0]?.code
    : assignee;
  return {
    action: cellToText('text', cellAt(change.action, row)),
    assignee: typeof code === 'string' && code !== '' ? code : null,
  };
}

function refusedReports(
  refused: readonly Refused[],
  change: StatusChange,
  output: OutputRows,
): readonly CommandReport[] {
  const first = refused[0];
  if (first === undefined) return [];
  const count = refused.length;
  const params = {
    action: first.action,
    status: first.status,
    count,
    values: refused.slice(0, NAMED_MAX).map((one) => one.label),
  };
  const place = { ...output.place, appId: output.app.appId };
  if (change.notAllowed === 'skip') return [{ code: 'actionNotAllowed', params, place, count }];
  throw new FailureError(failure('actionNotAllowed', params, { ...place, row: first.row }));
}
