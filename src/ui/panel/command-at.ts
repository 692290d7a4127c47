import type { Breakpoint } from '../../definition/types';
import type { RunStatus } from '../../run/status';
import type { PanelLookups } from './environment';
import type { RecordTexts } from './texts';

/** "2. Group", as the settings page numbers and names it. */
export function commandAt(
  { flows }: Pick<RunStatus, 'flows'>,
  { flowId, commandId }: Breakpoint,
  { breakpoint }: Pick<RecordTexts, 'breakpoint'>,
  { commandName }: Pick<PanelLookups, 'commandName'>,
): string {
  const commands = flows.find((flow) => flow.flowId === flowId)?.commands ?? [];
  const index = commands.findIndex((command) => command.commandId === commandId);
  const command = commands[index];
  return command === undefined ? commandId : breakpoint.command(index + 1, commandName(command.type));
}
