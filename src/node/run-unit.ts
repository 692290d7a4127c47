/** `nagare run`. */
import { FailureError } from '../definition/errors';
import { definitionHash } from '../definition/hash';
import type { AppRef, ExecutionUnit, Settings } from '../definition/types';
import type { ClientFor } from '../kintone/client';
import { realRandomness } from '../kintone/clock';
import { type RunPorts, type RunRequest, type RunStatus, readCallingRecord } from '../run';
import type { RunArguments } from './arguments';
import { clientsOf } from './connection';
import { EXIT } from './exit';
import { follow } from './follow';
import { nodePorts } from './ports';
import { resultOf } from './result';
import { readSettings } from './settings-file';
import { outputLines, outputsOf } from './status-lines';
import type { Terminal } from './terminal';
import { namesIn, type Texts } from './texts';

/** A dry run needs no log app; its ports get this one and never use it. */
const NO_LOG_APP: AppRef = { appId: '0' };

/** Runs a unit and answers the exit code. */
export async function runCommand(args: RunArguments, terminal: Terminal, texts: Texts): Promise<number> {
  const read = await readSettings(args.settingsPath, texts);
  if (read.kind === 'bad') return bad(terminal, [read.message]);
  const { settings } = read;
  const unit = settings.units.find((candidate) => candidate.id === args.unitId);
  if (unit === undefined) {
    const known = settings.units.map((candidate) => `  ${candidate.id}  ${candidate.name}`);
    return bad(terminal, [texts.cli.bad.unit(args.unitId), ...known]);
  }
  const clientFor = clientsOf(args.connection);
  const describe = (value: Parameters<Texts['sentence']>[0]) => texts.sentence(value, namesIn(settings));
  const ports = nodePorts(clientFor, settings.logApp ?? NO_LOG_APP, describe);
  let request: RunRequest;
  try {
    request = await requestOf(args, settings, unit, ports);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    terminal.error(`${describe(error.failure)}\n`);
    return EXIT.failure;
  }
  const status = await follow(args, ports, request, terminal, texts);
  await report(status, { args, clientFor, settings, terminal, texts });
  return status.state === 'Success' ? EXIT.success : EXIT.failure;
}

function bad(terminal: Terminal, lines: readonly string[]): number {
  terminal.error(`${lines.join('\n')}\n`);
  return EXIT.badArguments;
}

async function requestOf(
  args: RunArguments,
  settings: Settings,
  unit: ExecutionUnit,
  ports: RunPorts,
): Promise<RunRequest> {
  const { connection, appId, guestSpaceId } = args;
  const app = appId === '' ? null : { appId, ...(guestSpaceId === null ? {} : { guestSpaceId }) };
  // kintone signs what a token writes as Administrator.
  const code = connection.auth.kind === 'password' ? connection.auth.username : 'Administrator';
  return {
    settings,
    unitId: unit.id,
    calling: await readCallingRecord(ports.records, app, args.recordId),
    user: { code, name: code },
    method: 'cli',
    timeZone: args.timeZone,
    pressId: realRandomness.uuid(),
    owner: `cli:${realRandomness.uuid()}`,
    definitionHash: await definitionHash(unit, settings.flows),
    // Whoever wants to look first uses --dry-run.
    isConfirmed: true,
    observeMs: args.observeMs,
    undoOf: null,
    continues: null,
    giveUp: null,
    input: args.input,
    runsHere: true,
  };
}

interface ReportScope {
  readonly args: RunArguments;
  readonly clientFor: ClientFor;
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly texts: Texts;
}

async function report(status: RunStatus, scope: ReportScope): Promise<void> {
  const { args, terminal, texts } = scope;
  const appNames = await namesOfApps(status, scope.clientFor);
  const names = namesIn(scope.settings, appNames);
  const errorMessage = status.failure === null ? '' : texts.sentence(status.failure, names);
  if (args.isJson) {
    const { isDryRun, timeZone } = args;
    terminal.out(`${JSON.stringify(resultOf(status, { isDryRun, timeZone, appNames, errorMessage }))}\n`);
    return;
  }
  const duration = texts.duration((status.endedAtMs ?? status.startedAtMs) - status.startedAtMs);
  const deferred = status.preview?.deferredFlowIds ?? [];
  const lines = [
    ...(args.isDryRun && status.failure === null ? [texts.cli.run.wouldWrite] : []),
    ...outputLines(status, appNames, args.isDryRun, texts),
    ...(args.isDryRun ? deferred.map((id) => texts.cli.run.estimate(names.flow?.(id) ?? id)) : []),
    texts.cli.run.ended(texts.states.reason[status.reason], duration, status.requestCount),
  ];
  terminal.out(`${lines.join('\n')}\n`);
  if (errorMessage !== '') terminal.error(`${errorMessage}\n`);
}

/** Names for the report only: an app that may not be seen keeps its id. */
async function namesOfApps(status: RunStatus, clientFor: ClientFor): Promise<ReadonlyMap<string, string>> {
  const places = status.failure?.place.appId;
  const apps = new Map(outputsOf(status).map((output) => [output.app.appId, output.app]));
  if (places !== undefined && !apps.has(places)) apps.set(places, { appId: places });
  const names = await Promise.all(
    [...apps.values()].map(async (app): Promise<[string, string] | null> => {
      try {
        return [app.appId, (await clientFor(app).app.getApp({ id: app.appId })).name];
      } catch {
        return null;
      }
    }),
  );
  return new Map(names.filter((entry) => entry !== null));
}
