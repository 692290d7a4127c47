/** Door 1 of the trigger protocol: the page itself, for one plug-in. */
import { type Failure, FailureError, failure } from '../../definition/errors';
import type { ExecutionUnit, Settings } from '../../definition/types';
import type { StoredConfig } from '../../kintone/boot-index';
import { decodeStored } from '../../kintone/settings-codec';
import type { Clock, Describe, JournalPort, Randomness, RunHandle } from '../../run';
import { isRateLimited, stopByRecord } from '../../run';
import {
  createTrigger,
  inputFault,
  isKintoneRecord,
  memoryTokenStore,
  recordIdOf,
  type StartReply,
  type StartRequest,
  startReplyOf,
  type Task,
  type TriggerTexts,
  taskOfEntry,
  taskOfStatus,
  triggerUnit,
} from '../../trigger';
import type { ApiPress, StartProblem } from '../panel/contract';
import { isStartProblem } from '../panel/contract';
import type { NagareUnit } from './nagare';
import type { PluginDoor } from './plugin-door';
import { type NagareFailure, nagareError, nagareRun } from './run';

export interface DoorParts {
  /** `https://example.cybozu.com` */
  readonly origin: string;
  readonly appId: string;
  readonly guestSpaceId: string | undefined;
  readonly timeZone: string;
  /** Who is logged in. */
  readonly userName: string;
  readonly texts: TriggerTexts;
  config(): Promise<StoredConfig | null>;
  /** Sentences in the user's language. */
  readonly describe: Describe;
  journal(logApp: NonNullable<Settings['logApp']>): JournalPort;
  readonly clock: Clock;
  readonly random: Pick<Randomness, 'uuid'> & { bytes(count: number): Uint8Array };
  /** kintone's preview of an app that is not updated yet; its records are not those that flows write. */
  isTestEnvironment(): Promise<boolean>;
  /** Starts a unit and shows it. */
  startFromCode(press: ApiPress): Promise<RunHandle | StartProblem>;
}

export function createDoor(parts: DoorParts): PluginDoor {
  /** Runs of this page know more than the log, and asking them costs nothing. */
  const own = new Map<string, { task(): Task; stop(): void }>();

  const settings = async (): Promise<Settings> => {
    const stored = await decodeStored(await parts.config());
    if (!stored.ok) throw new FailureError(stored.error);
    return stored.value.settings;
  };
  const journal = async (): Promise<JournalPort> => {
    const { logApp } = await settings();
    if (logApp === null) throw new FailureError(failure('logAppNotSet'));
    return parts.journal(logApp);
  };
  const app = {
    appId: parts.appId,
    ...(parts.guestSpaceId === undefined ? {} : { guestSpaceId: parts.guestSpaceId }),
  };

  const start = async (
    unit: Pick<ExecutionUnit, 'id' | 'name'>,
    request: Pick<StartRequest, 'pressId' | 'record' | 'recordId' | 'input'>,
    isConfirmed: boolean,
  ): Promise<{ readonly handle: RunHandle | null; readonly reply: StartReply }> => {
    if (await parts.isTestEnvironment())
      return {
        handle: null,
        reply: { kind: 'refused', failure: failure('testEnvironment', {}, { unitId: unit.id }) },
      };
    const { pressId, record, recordId, input } = request;
    const begun = await parts.startFromCode({
      unitId: unit.id,
      unitName: unit.name,
      event: {
        type: 'api',
        appId: Number(parts.appId),
        recordId,
        ...(record === null ? {} : { record: record as NonNullable<ApiPress['event']['record']> }),
      },
      start: { kind: 'api', pressId, isConfirmed, input },
    });
    if (isStartProblem(begun)) return { handle: null, reply: { kind: 'refused', failure: begun.failure } };
    const { runId } = begun.getSnapshot();
    own.set(runId, {
      task: () => taskOfStatus(begun.getSnapshot(), parts.describe),
      stop: () => begun.cancel(),
    });
    void begun.ended.then((status) => {
      // The task alone: a page that is open all day must not keep every preview.
      const task = taskOfStatus(status, parts.describe);
      own.set(runId, { task: () => task, stop: () => undefined });
    });
    return { handle: begun, reply: await startReplyOf(begun) };
  };

  const trigger = createTrigger({
    findUnit: async (unitId) => triggerUnit(await settings(), unitId, { origin: parts.origin, app }),
    // The session is the license: whoever is on the page may do all of this by hand.
    isLicensed: () => true,
    isRateLimited: async (unit) => isRateLimited({ journal: await journal(), clock: parts.clock }, unit),
    start: async (request) => (await start(request.unit, request, true)).reply,
    async findTask(taskId) {
      const known = own.get(taskId);
      if (known !== undefined) return known.task();
      const entry = await (await journal()).byRunId(taskId);
      return entry === null ? null : taskOfEntry(entry);
    },
    async stopTask(taskId) {
      const known = own.get(taskId);
      if (known !== undefined) return known.stop();
      // The session is what is sure, not the name that a program gives.
      await stopByRecord({ journal: await journal(), clock: parts.clock }, taskId, parts.userName);
    },
    tokens: memoryTokenStore(),
    clock: parts.clock,
    random: parts.random,
    timeZone: parts.timeZone,
    texts: parts.texts,
  });

  return {
    has: async (unitId) => (await settings()).units.some(({ id }) => id === unitId),
    async units() {
      const { units } = await settings();
      return units.filter((unit) => unit.enabled && unit.api).map(publicUnit);
    },
    handle: (path, body) => trigger.handle({ method: 'POST', path, body: plain(body) }),
    async start(unitId, { record, input, confirm = true, signal }) {
      const { units } = await settings();
      const unit = units.find(({ id }) => id === unitId);
      const given = (plain(input) ?? {}) as StartRequest['input'];
      const calling = plain(record) ?? null;
      const fault = startFault(unitId, unit, given, calling, confirm);
      const refuse = (value: NagareFailure): never => {
        throw nagareError(value, parts.describe);
      };
      if (unit === undefined || fault !== null) return refuse({ failure: fault ?? failure('unexpected') });
      if (signal?.aborted === true) return refuse({ failure: failure('cancelled') });
      const { handle, reply } = await start(
        unit,
        {
          pressId: parts.random.uuid(),
          record: calling as StartRequest['record'],
          recordId: recordIdOf(calling as StartRequest['record']),
          input: given,
        },
        !confirm,
      );
      if (handle !== null && (reply.kind === 'started' || reply.kind === 'joined')) {
        const cancel = () => handle.cancel();
        signal?.addEventListener('abort', cancel, { once: true });
        void handle.ended.then(() => signal?.removeEventListener('abort', cancel));
        return nagareRun(handle, parts.describe);
      }
      const last = reply.kind === 'refused' ? reply.failure : handle?.getSnapshot().failure;
      return refuse({
        failure: last ?? failure('unexpected'),
        ...(reply.kind === 'conflict' ? { holderRunId: reply.taskId } : {}),
      });
    },
  };
}

function startFault(
  unitId: string,
  unit: ExecutionUnit | undefined,
  input: StartRequest['input'],
  record: unknown,
  asks: boolean,
): Failure | null {
  const place = { unitId };
  if (unit === undefined) return failure('unitMissing', { unitId }, place);
  if (!unit.api) return failure('unitNotByApi', { name: unit.name }, place);
  if (!unit.enabled) return failure('unitDisabled', { name: unit.name }, place);
  if (record !== null && !isKintoneRecord(record)) return failure('recordNotAccepted', {}, place);
  // What is missing a person is asked for.
  const fields = unit.input.map((field) => (asks ? { ...field, required: false } : field));
  const name = inputFault(fields, input, record !== null);
  return name === null ? null : failure('inputNotAccepted', { name }, place);
}

const publicUnit = ({ id, name, input }: ExecutionUnit): NagareUnit => ({
  id,
  name,
  input: input.map(({ name: field, label, type, required, choices }) => ({
    name: field,
    label: label === '' ? field : label,
    type,
    required,
    choices,
  })),
});

/** As it would arrive over the wire: a program's objects must not change under a run. */
function plain(value: unknown): unknown {
  if (value === undefined) return undefined;
  try {
    return JSON.parse(typeof value === 'string' ? value : JSON.stringify(value)) as unknown;
  } catch {
    return undefined;
  }
}
