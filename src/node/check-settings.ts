/** `nagare check`. */
import { FailureError, type Problem } from '../definition/errors';
import { validateReferences } from '../definition/references';
import type { AppRef, Settings } from '../definition/types';
import { compileFlow, firstOfEachName, flowApps, inputsOfFlow, parametersOf, validateUnits } from '../flow';
import { realClock, realRandomness } from '../kintone/clock';
import { recordsPort } from '../kintone/records-port';
import { createUsage } from '../kintone/usage';
import type { RecordsPort } from '../run';
import type { KintoneFields } from '../table';
import { validateSchedules } from '../trigger/schedule';
import type { CheckArguments } from './arguments';
import { type Connection, clientsOf } from './connection';
import { EXIT } from './exit';
import { readSettings } from './settings-file';
import type { Terminal } from './terminal';
import { namesIn, type Texts } from './texts';

/** Lists the problems of settings; the exit code is a failure when one of them is an error. */
export async function checkCommand(args: CheckArguments, terminal: Terminal, texts: Texts): Promise<number> {
  const read = await readSettings(args.settingsPath, texts);
  if (read.kind === 'bad') {
    terminal.error(`${read.message}\n`);
    return EXIT.badArguments;
  }
  const { settings } = read;
  const forms = args.connection === null ? null : await readForms(args.connection, args, settings);
  const problems = [
    ...validateReferences(settings),
    ...validateSchedules(settings),
    ...validateUnits(settings, parametersOf(forms?.calling ?? {})),
    ...flowProblems(settings, forms),
  ];
  const names = namesIn(settings);
  const { check } = texts.cli;
  for (const one of problems) terminal.out(`${check[one.severity]}: ${texts.sentence(one, names)}\n`);
  if (forms === null) terminal.out(`${check.formsNotRead}\n`);
  const count = (severity: Problem['severity']) => problems.filter((one) => one.severity === severity).length;
  terminal.out(`${check.summary(count('error'), count('warning'))}\n`);
  return count('error') === 0 ? EXIT.success : EXIT.failure;
}

interface Forms {
  /** By app id; null: the app cannot be seen. */
  readonly apps: ReadonlyMap<string, KintoneFields | null>;
  readonly calling: KintoneFields;
}

async function readForms(connection: Connection, args: CheckArguments, settings: Settings): Promise<Forms> {
  const clientFor = clientsOf(connection);
  const records = recordsPort(clientFor, { clock: realClock, random: realRandomness, usage: createUsage() });
  const used = new Map<string, AppRef>();
  for (const flow of settings.flows) {
    const { reads, writes } = flowApps(flow);
    for (const app of [...reads, ...writes]) used.set(app.appId, app);
  }
  const apps = new Map<string, KintoneFields | null>();
  for (const app of used.values()) apps.set(app.appId, await formOf(records, app));
  const { appId, guestSpaceId } = args;
  const calling = appId === '' ? null : { appId, ...(guestSpaceId === null ? {} : { guestSpaceId }) };
  return { apps, calling: (calling && (await formOf(records, calling))) ?? {} };
}

async function formOf(records: RecordsPort, app: AppRef): Promise<KintoneFields | null> {
  try {
    return await records.fields(app);
  } catch (error) {
    if (error instanceof FailureError) return null;
    throw error;
  }
}

function flowProblems(settings: Settings, forms: Forms | null): readonly Problem[] {
  return settings.flows.flatMap(
    (flow) =>
      compileFlow(flow, {
        fields: (app) => (forms === null ? undefined : (forms.apps.get(app.appId) ?? null)),
        parameters: parametersOf(forms?.calling ?? {}, firstOfEachName(inputsOfFlow(settings, flow.id))),
        place: { flowId: flow.id },
      }).problems,
  );
}
