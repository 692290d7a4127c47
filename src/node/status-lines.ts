/** A run as lines of text. */
import { addCounts, NO_WRITES, rowsToWrite } from '../plan';
import type { FlowStatus, OutputStatus, RunStatus } from '../run';
import type { Texts } from './texts';

/** One line for the run, one for each flow. */
export function statusLines(status: RunStatus, texts: Texts): readonly string[] {
  const { rowsWritten, rowsPlanned } = status.progress;
  const progress = rowsPlanned > 0 ? texts.cli.run.written(rowsWritten, rowsPlanned) : '';
  return [
    joined(`${status.unitName}: ${texts.states.reason[status.reason]}`, progress),
    ...status.flows.map((flow) => `  ${flowLine(flow, texts)}`),
  ];
}

function flowLine(flow: FlowStatus, texts: Texts): string {
  const read = rowsRead(flow);
  const planned = flow.outputs.reduce((sum, output) => addCounts(sum, output.planned), NO_WRITES);
  const written = flow.outputs.reduce((sum, output) => addCounts(sum, output.written), NO_WRITES);
  const hasWritten = rowsToWrite(written) > 0;
  return joined(
    `${flow.name}: ${isBeingChecked(flow) ? texts.states.reason.checking : texts.states.flow[flow.state]}`,
    read > 0 ? texts.cli.run.read(read) : '',
    flow.outputs.length === 0
      ? ''
      : hasWritten
        ? texts.changes(written)
        : texts.cli.run.planned(texts.changes(planned)),
  );
}

/** A flow keeps waiting to be written while its rows are read and compared; people see what goes on. */
const isBeingChecked = (flow: FlowStatus): boolean =>
  flow.state === 'Queuing' &&
  flow.outputs.length === 0 &&
  flow.commands.some((command) => command.state !== 'waiting');

/** Rows that came from outside: those of commands without an input. */
const rowsRead = (flow: FlowStatus): number =>
  flow.commands.filter((command) => command.rowsIn === 0).reduce((sum, command) => sum + command.rowsOut, 0);

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('  ');

/** One line per output: what was written, or in a dry run what would be. */
export function outputLines(
  status: RunStatus,
  appNames: ReadonlyMap<string, string>,
  isDryRun: boolean,
  texts: Texts,
): readonly string[] {
  return outputsOf(status).map((output) => {
    const name = appNames.get(output.app.appId) ?? texts.cli.run.app(output.app.appId);
    const counts = isDryRun ? output.planned : output.written;
    return `  ${texts.cli.run.output(name, texts.changes(counts), output.planned.unchanged)}`;
  });
}

export const outputsOf = (status: RunStatus): readonly OutputStatus[] =>
  status.flows.flatMap((flow) => flow.outputs);
