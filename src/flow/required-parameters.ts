/** What a person has to fill in when a unit is started without a calling record. */
import { decodeCommandSettings, settingsParameters } from '../commands/index';
import type { ParameterSpec } from '../commands/types';
import type { ExecutionUnit, Flow } from '../definition/types';

export interface RequiredParameter {
  /** Name, label, type, and for fields their kintone type, options and inner columns. */
  readonly spec: ParameterSpec;
  /** The commands that use it, in the order of the unit. */
  readonly uses: readonly { readonly flowId: string; readonly commandId: string }[];
}

/**
 * The fields of the calling record that the unit's flows use, in the order of the form. Facts of the run
 * (`$user`, `$today` ...) are always known and never listed; nor are names that the calling app does not have
 * (compiling reports them) and commands whose settings cannot be read.
 * @param known what `parametersOf` gives for the calling app's form.
 */
export function requiredParameters(
  unit: Pick<ExecutionUnit, 'flowIds'>,
  flows: readonly Flow[],
  known: readonly ParameterSpec[],
): readonly RequiredParameter[] {
  const uses = new Map<string, RequiredParameter['uses'][number][]>();
  for (const flowId of unit.flowIds) {
    const flow = flows.find((candidate) => candidate.id === flowId);
    for (const command of flow?.commands ?? []) {
      const decoded = decodeCommandSettings(command);
      if (!decoded.ok) continue;
      const { spec, settings } = decoded.value;
      for (const name of settingsParameters(spec, settings, known)) {
        uses.set(name, [...(uses.get(name) ?? []), { flowId, commandId: command.id }]);
      }
    }
  }
  return known.flatMap((spec) => {
    const found = uses.get(spec.name);
    return found === undefined || spec.name.startsWith('$') ? [] : [{ spec, uses: found }];
  });
}
