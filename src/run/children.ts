/** Units that a flow starts once it has written: each is a run of its own, with record, lock and limits. */
import { type Failure, failure, type Place } from '../definition/errors';
import { definitionHash } from '../definition/hash';
import type { ExecutionUnit } from '../definition/types';
import type { FlowPlan, PlannedStart } from '../plan';
import { closeDead } from './close-dead';
import { endingOf } from './endings';
import { lifeOf, type Observations, standingOf } from './lease';
import type { JournalEntry } from './ports';
import { runRequested } from './requested';
import { resumeRun } from './resume';
import { type Ending, type LoggedScope, type RunRequest, runIdOf } from './scope';
import { startRun } from './start';
import type { RunHandle, RunStatus } from './status';
import { stopEnding } from './stops';
import { startBeat } from './transitions';

/** A longer chain is a mistake in the settings, not a job. */
const MAX_DEPTH = 5;
/** Between two looks at a child that another page started. */
const LOOK_EVERY_MS = 4_000;

/** Starts what the flow is to start; null when everything that was waited for has ended well. */
export async function startUnits(scope: LoggedScope, plan: FlowPlan): Promise<Ending | null> {
  const starts = plan.starts ?? [];
  if (starts.length === 0) return null;
  const stopBeat = startBeat(scope);
  try {
    const above = await unitsAbove(scope);
    for (const start of starts) {
      const place = { unitId: scope.unit.id, flowId: plan.flowId, commandId: start.commandId };
      const found = await startOne(scope, start, above, place);
      if (scope.cancel.signal.aborted) return stopEnding(scope);
      if (found !== null) return endingOf('failed', found);
    }
    return null;
  } finally {
    await stopBeat();
  }
}

/** Ids of this unit and of those whose runs led to this run, from the log: settings may have changed since. */
async function unitsAbove({ ports, unit, journal }: LoggedScope): Promise<readonly string[]> {
  const units = [unit.id];
  let entry = await ports.journal.read(journal.journalId);
  while (entry !== null && entry.parentRun !== '' && units.length <= MAX_DEPTH) {
    units.push(entry.parentRun.split(':')[0] ?? '');
    entry = await ports.journal.byRunId(entry.parentRun);
  }
  return units;
}

async function startOne(
  scope: LoggedScope,
  start: PlannedStart,
  above: readonly string[],
  place: Place,
): Promise<Failure | null> {
  const { ports, request } = scope;
  const unit = request.settings.units.find((candidate) => candidate.id === start.unitId);
  if (unit === undefined) return failure('unitMissing', { unitId: start.unitId }, place);
  if (above.includes(unit.id)) return failure('startUnitLoop', { name: unit.name }, place);
  if (above.length >= MAX_DEPTH) return failure('startUnitTooDeep', { limit: MAX_DEPTH }, place);
  const observations: Observations = new Map();
  const child = await requestFor(scope, unit, start);
  const handle = startRun(ports, child, observations);
  const first = await obeyed(scope, handle, start.wait ? handle.ended : begun(handle));
  if (first.failure?.code === 'alreadyStarted') {
    const earlier = await ports.journal.byRunId(runIdOf(unit.id, start.pressId));
    if (!start.wait || earlier === null) return null;
    return afterEarlier(scope, { unit, child, observations, place }, earlier);
  }
  return first.endedAtMs === null ? null : whatFailed(scope, unit, first, place);
}

async function requestFor(scope: LoggedScope, unit: ExecutionUnit, start: PlannedStart): Promise<RunRequest> {
  const { request, store } = scope;
  return {
    settings: request.settings,
    unitId: unit.id,
    calling: request.calling,
    user: request.user,
    method: 'unit',
    timeZone: request.timeZone,
    pressId: start.pressId,
    owner: request.owner,
    definitionHash: await definitionHash(unit, request.settings.flows),
    // Whoever agreed to the run above has agreed to what it starts; there is no screen of its own to ask on.
    isConfirmed: true,
    observeMs: 0,
    undoOf: null,
    continues: null,
    giveUp: null,
    input: {},
    parentRun: store.getSnapshot().runId,
    ...(request.runsHere === undefined ? {} : { runsHere: request.runsHere }),
  };
}

/** Waits for `until`; a stop of the run above is passed on. */
async function obeyed(scope: LoggedScope, handle: RunHandle, until: Promise<RunStatus>): Promise<RunStatus> {
  const pass = (): void => handle.cancel();
  if (scope.cancel.signal.aborted) pass();
  scope.cancel.signal.addEventListener('abort', pass);
  try {
    return await until;
  } finally {
    scope.cancel.signal.removeEventListener('abort', pass);
  }
}

/** Resolves once the run has its record, or was refused: then the start cannot get lost any more. */
function begun(handle: RunHandle): Promise<RunStatus> {
  return new Promise((resolve) => {
    const look = (): void => {
      const status = handle.getSnapshot();
      if (status.journalId !== null || status.endedAtMs !== null) resolve(status);
    };
    handle.subscribe(look);
    look();
  });
}

interface Earlier {
  readonly unit: ExecutionUnit;
  readonly child: RunRequest;
  readonly observations: Observations;
  readonly place: Place;
}

/** The run above was taken over: its child goes on, or has to be taken over too. */
async function afterEarlier(
  scope: LoggedScope,
  { unit, child, observations, place }: Earlier,
  found: JournalEntry,
): Promise<Failure | null> {
  const { ports } = scope;
  let entry = found;
  while (entry.endedAtMs === null && !scope.cancel.signal.aborted) {
    if (entry.owner !== '' && (await lifeOf(entry, ports, observations)) === 'dead') {
      // Whether the service carried it out is not known, so it is not asked for again.
      const standing = standingOf(entry, 'dead');
      if (standing === 'unclear') {
        const closed = await closeDead(scope, entry);
        if (typeof closed !== 'string') return closed.failure;
      } else {
        const takeOver = standing === 'interrupted' ? resumeRun : runRequested;
        const handle = takeOver(ports, child, entry, observations);
        return whatFailed(scope, unit, await obeyed(scope, handle, handle.ended), place);
      }
    }
    await ports.clock.sleep(LOOK_EVERY_MS, scope.cancel.signal);
    entry = (await ports.journal.read(entry.journalId)) ?? entry;
  }
  if (entry.state === 'Success') return null;
  return failure('startUnitFailed', { name: unit.name, message: entry.message }, place);
}

function whatFailed(
  { ports }: LoggedScope,
  unit: ExecutionUnit,
  status: RunStatus,
  place: Place,
): Failure | null {
  if (status.state === 'Success') return null;
  if (status.reason === 'interrupted') return failure('startUnitInterrupted', { name: unit.name }, place);
  const message = status.failure === null ? '' : ports.describe(status.failure);
  return failure('startUnitFailed', { name: unit.name, message }, place);
}
