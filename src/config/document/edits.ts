/** Every way the settings page can change the document, as plain data: undo, tests and logs speak it. */
import type { AppRef, Command, ExecutionUnit, Flow, JsonObject, Settings } from '../../definition/types';

export type Edit =
  | { readonly kind: 'addUnit'; readonly unit: ExecutionUnit; readonly afterId: string | null }
  | { readonly kind: 'removeUnit'; readonly unitId: string }
  | { readonly kind: 'moveUnit'; readonly unitId: string; readonly by: -1 | 1 }
  | { readonly kind: 'updateUnit'; readonly unitId: string; readonly patch: UnitPatch }
  | {
      readonly kind: 'addFlow';
      readonly flow: Flow;
      readonly afterId: string | null;
      /** Unit that gets the new flow as its last one. */
      readonly linkTo: string | null;
    }
  /** Takes the flow out of every unit that lists it. */
  | { readonly kind: 'removeFlow'; readonly flowId: string }
  | { readonly kind: 'updateFlow'; readonly flowId: string; readonly patch: FlowPatch }
  | {
      readonly kind: 'insertCommand';
      readonly flowId: string;
      readonly command: Command;
      readonly afterId: string | null;
      /** The commands fed by `afterId` are fed by the new one from now on. */
      readonly takeOver: boolean;
    }
  /** Whatever the command fed is fed by its first input from now on. */
  | { readonly kind: 'removeCommand'; readonly flowId: string; readonly commandId: string }
  | { readonly kind: 'moveCommand'; readonly flowId: string; readonly commandId: string; readonly by: -1 | 1 }
  | {
      readonly kind: 'updateCommand';
      readonly flowId: string;
      readonly commandId: string;
      readonly patch: CommandPatch;
    }
  | { readonly kind: 'setLogApp'; readonly app: AppRef | null }
  | { readonly kind: 'setHolidays'; readonly holidays: readonly string[] }
  | { readonly kind: 'replaceSettings'; readonly settings: Settings };

export type UnitPatch = Partial<Omit<ExecutionUnit, 'id'>>;
export type FlowPatch = Partial<Pick<Flow, 'name' | 'note'>>;
export interface CommandPatch {
  readonly note?: string;
  readonly inputs?: readonly string[];
  readonly settings?: JsonObject;
}

/** What the history calls the step; the dictionary has one text per value. */
export type EditKind = Edit['kind'];
