/**
 * Finds out which ids kintone gave to the added records of a commit whose answer was lost, from what kintone itself
 * tells: the run record that went with them says who wrote it and when. Only what follows is taken for known; a wrong
 * id would let undo delete somebody else's record.
 *
 * New records get higher ids than all before, and no id is used twice. So if every id from a record older than the
 * commit up to the newest is still there, nothing that came since has been taken away, and the commit's records are
 * among them. If just as many of them were created by the commit's login as the commit has added, they are those.
 * That they are unchanged and hold the planned values in the planned order is asked for on top.
 * What is left is told in docs/reliability.md.
 */
import { type CommitBatch, type DataRequest, holdsAll } from '../plan';
import {
  cellAt,
  columnNamed,
  columnSpecOfField,
  columnSpecsOfFields,
  type KintoneFields,
  type Person,
  type Table,
} from '../table';
import type { CreatedRows } from './created-rows';
import type { RunPorts } from './ports';
import { type Metadata, metadata, readTable } from './reader';

/** What is known of a commit that has landed although its answer has not arrived. */
export interface Landing {
  /** Login name of the person that kintone notes for the run record, and so for the records. */
  readonly by: string;
  /** When kintone wrote the run record, to the minute, by its own clock. */
  readonly atMs: number;
  /** When the commit was sent, by this page's clock. */
  readonly sentAtMs: number;
}

/** Later than this after it was sent, people have had the time to tidy up what they took for doubled rows. */
const FRESH_MS = 120_000;

type AddRequest = Extract<DataRequest, { kind: 'add' }>;

interface Look {
  readonly ports: Pick<RunPorts, 'records'>;
  readonly known: Metadata;
  readonly landing: Landing;
  readonly signal: AbortSignal;
}

/**
 * Ids per request of the batch, in row order; empty where they are not known for sure. Never throws: a run goes on
 * without them.
 */
export async function readBackIds(
  ports: Pick<RunPorts, 'records' | 'clock'>,
  created: Pick<CreatedRows, 'highestIn'>,
  batch: CommitBatch,
  landing: Landing | null,
): Promise<readonly (readonly string[])[]> {
  const adds = batch.requests.filter((request): request is AddRequest => request.kind === 'add');
  if (landing === null || adds.length === 0) return [];
  // Undo is wanted most where a run is stopped: a stop does not end the look.
  const { signal } = new AbortController();
  const look: Look = { ports, landing, known: metadata(ports.records), signal };
  const found = new Map<DataRequest, readonly string[]>();
  try {
    for (const appId of new Set(adds.map(({ app }) => app.appId))) {
      const own = adds.filter(({ app }) => app.appId === appId);
      let ids = await idsOf(look, own, deletedIn(batch, appId), created.highestIn(appId));
      if (ports.clock.nowMs() - landing.sentAtMs > FRESH_MS) return [];
      for (const request of own) {
        found.set(request, ids.slice(0, request.rows.length));
        ids = ids.slice(request.rows.length);
      }
    }
  } catch {
    // Not to be reached, not allowed, of an unknown form: these ids stay unknown.
  }
  return batch.requests.map((request) => found.get(request) ?? []);
}

/** @param highest the highest id of the app that an earlier commit of this page was answered with; null: none */
async function idsOf(
  { ports, known, landing, signal }: Look,
  adds: readonly AddRequest[],
  deleted: ReadonlySet<number>,
  highest: number | null,
): Promise<readonly string[]> {
  const app = adds[0]?.app ?? { appId: '' };
  const fields = await known.fields(app);
  const creator = codeOfType(fields, 'CREATOR');
  const createdTime = codeOfType(fields, 'CREATED_TIME');
  if (creator === null || createdTime === null) return [];
  const rows = adds.flatMap((request) => request.rows);
  const codes = new Set([creator, ...rows.flatMap((row) => Object.keys(row.fields))]);
  const columns = columnSpecsOfFields(fields).filter(({ name }) => codes.has(name));
  if (columns.length < codes.size) return [];
  const since = highest === null ? `${createdTime} >= "${minuteText(landing.atMs)}"` : `$id > ${highest}`;
  const table = await readTable(ports.records, app, columns, since, signal);
  const ids = [...(table.origin?.ids ?? [])];
  const first = ids[0];
  if (first === undefined) return [];
  const older = highest ?? first - 1;
  if (!isWithoutGaps(older, ids, deleted)) return [];
  if (highest === null && older > 0 && !deleted.has(older)) {
    const before = await readTable(ports.records, app, [], `$id = ${older}`, signal);
    if (before.rowCount === 0) return [];
  }
  const own = ids.flatMap((_id, at) => (creatorAt(table, creator, at) === landing.by ? [at] : []));
  if (own.length !== rows.length) return [];
  const isOurs = rows.every((row, index) => {
    const at = own[index] ?? -1;
    const revision = table.origin?.revisions[at] ?? 0;
    return revision === 1 && holdsAll(row.fields, { table, at, revision, pending: {} });
  });
  return isOurs ? own.map((at) => String(ids[at])) : [];
}

/** Whether every id after `older` up to the last one is there, or was deleted by the same commit. */
function isWithoutGaps(older: number, ids: readonly number[], deleted: ReadonlySet<number>): boolean {
  let next = older + 1;
  for (const id of ids) {
    while (next < id && deleted.has(next)) next += 1;
    if (id !== next) return false;
    next += 1;
  }
  return true;
}

function deletedIn({ requests }: CommitBatch, appId: string): ReadonlySet<number> {
  return new Set(
    requests.flatMap((request) =>
      request.kind === 'delete' && request.app.appId === appId
        ? request.rows.map((row) => Number(row.recordId))
        : [],
    ),
  );
}

const codeOfType = (fields: KintoneFields, type: string): string | null =>
  Object.values(fields).find((property) => property.type === type && columnSpecOfField(property) !== null)
    ?.code ?? null;

function creatorAt(table: Table, code: string, at: number): string | undefined {
  const people = cellAt(columnNamed(table, code), at) as readonly Person[] | null;
  return people?.[0]?.code;
}

const minuteText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}:00Z`;
