/** The shape of a flow: which command feeds which, and what is wrong with that. */
import type { CommandSpec } from '../commands/types';
import type { Place, Problem } from '../definition/errors';
import { problem } from '../definition/errors';
import type { Command, Flow } from '../definition/types';

/** A command with its spec, in the order of the flow. */
export interface Node {
  readonly command: Command;
  readonly spec: CommandSpec;
}

/**
 * Checks one command's inputs against what stands before it; since inputs must stand earlier, a flow has
 * no cycles. Codes: `commandIdTwice {id}`, `inputMissing {wanted, given}`, `inputTooMany {wanted, given}`,
 * `inputUnknown {input}`, `inputLater {input}`.
 */
export function inputProblems(
  command: Command,
  index: number,
  spec: CommandSpec,
  flow: Flow,
  place: Place,
): Problem[] {
  const problems: Problem[] = [];
  const position = new Map(flow.commands.map((entry, at) => [entry.id, at]));
  const error = (code: string, params: Problem['params'], field: string): void => {
    problems.push(problem('error', code, params, { ...place, field }));
  };
  if (position.get(command.id) !== index) error('commandIdTwice', { id: command.id }, 'id');
  const given = command.inputs.length;
  if (given < spec.inputCount) error('inputMissing', { wanted: spec.inputCount, given }, 'inputs');
  if (given > spec.inputCount) error('inputTooMany', { wanted: spec.inputCount, given }, 'inputs');
  command.inputs.forEach((input, at) => {
    const from = position.get(input);
    if (from === undefined) error('inputUnknown', { input }, `inputs.${at}`);
    else if (from >= index) error('inputLater', { input }, `inputs.${at}`);
  });
  return problems;
}

/**
 * Checks the flow as a whole: `flowWithoutInput`, `flowWithoutOutput`, `flowNotConnected {parts}` (it must be
 * one connected graph, as in krewData: two independent graphs are two flows) and, at the command,
 * `leadsNowhere` when no output follows from it, `valueTwice` when the run would have a second value.
 */
export function shapeProblems(flow: Flow, nodes: readonly Node[], place: Place): Problem[] {
  const problems: Problem[] = [];
  if (!nodes.some((node) => node.spec.group === 'input')) {
    problems.push(problem('error', 'flowWithoutInput', {}, { ...place, field: 'commands' }));
  }
  const valueNodes = nodes.filter((node) => node.spec.type === 'outputValue');
  for (const { command } of valueNodes.slice(1)) {
    problems.push(problem('error', 'valueTwice', {}, { ...place, commandId: command.id, field: 'id' }));
  }
  const hasOutput = nodes.some((node) => node.spec.group === 'output');
  if (!hasOutput) problems.push(problem('error', 'flowWithoutOutput', {}, { ...place, field: 'commands' }));
  if (hasOutput) {
    const useful = leadingToOutput(nodes);
    for (const { command } of nodes) {
      if (useful.has(command.id)) continue;
      problems.push(problem('error', 'leadsNowhere', {}, { ...place, commandId: command.id, field: 'id' }));
    }
  }
  const parts = connectedParts(flow);
  if (parts > 1)
    problems.push(problem('error', 'flowNotConnected', { parts }, { ...place, field: 'commands' }));
  return problems;
}

function leadingToOutput(nodes: readonly Node[]): ReadonlySet<string> {
  const useful = new Set<string>();
  for (const { command, spec } of [...nodes].reverse()) {
    if (spec.group !== 'output' && !useful.has(command.id)) continue;
    useful.add(command.id);
    for (const input of command.inputs) useful.add(input);
  }
  return useful;
}

function connectedParts(flow: Flow): number {
  const parent = new Map(flow.commands.map((command) => [command.id, command.id]));
  const root = (id: string): string => {
    let at = id;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const command of flow.commands) {
    for (const input of command.inputs) {
      if (parent.has(input)) parent.set(root(command.id), root(input));
    }
  }
  return new Set([...parent.keys()].map(root)).size;
}
