/**
 * What a page hands over with a run that a server carries out: everything that only the page knows. The rest of the
 * request stands in the run record itself (unit, user, input, instant of the press).
 */
import * as v from 'valibot';
import { fail, failure, ok, type Result } from '../definition/errors';
import type { CallingRecord } from './plan-file';
import type { JournalEntry } from './ports';

/** Name of the file in the field of the plan; names of plans differ, so a plan never takes it for one. */
export const REQUEST_FILE_NAME = 'request.json';

export interface RequestFile {
  readonly version: 1;
  readonly runId: string;
  /** The calling record as the page showed it at the press, unsaved changes included. */
  readonly calling: CallingRecord;
  /** IANA name of the time zone of the person. */
  readonly timeZone: string;
}

const schema = v.object({
  version: v.literal(1),
  runId: v.string(),
  calling: v.object({
    appId: v.string(),
    recordId: v.string(),
    record: v.nullable(v.record(v.string(), v.unknown())),
    fields: v.nullable(v.record(v.string(), v.unknown())),
  }),
  timeZone: v.string(),
});

export const encodeRequestFile = (request: RequestFile): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(request));

/** Refuses a file of another run, or one that is damaged: `requestDamaged`. */
export function decodeRequestFile(bytes: Uint8Array, runId: string): Result<RequestFile> {
  try {
    const read = v.safeParse(schema, JSON.parse(new TextDecoder().decode(bytes)));
    if (read.success && read.output.runId === runId) return ok(read.output as RequestFile);
  } catch {
    // Not JSON: told below like every other damage.
  }
  return fail(failure('requestDamaged'));
}

/** The attached request of a run record; null: it has none. */
export const requestFileOf = (entry: Pick<JournalEntry, 'planFiles'>) =>
  entry.planFiles.find((file) => file.name === REQUEST_FILE_NAME) ?? null;
