/** Words for commands and column types. */
import type { CommandGroup } from '../../commands/types';
import type { IconName } from '../../ui/parts/Icon';
import type { ConfigTexts } from '../texts';

export function commandName(t: ConfigTexts, type: string): string {
  const names: Readonly<Record<string, string>> = t.commands.names;
  return Object.hasOwn(names, type) ? (names[type] ?? type) : t.commands.outline.unknownType(type);
}

export const GROUP_ICONS: Readonly<Record<CommandGroup, IconName>> = {
  input: 'inputData',
  rows: 'rows',
  combine: 'combine',
  aggregate: 'aggregate',
  columns: 'columns',
  tables: 'tables',
  output: 'outputData',
};
