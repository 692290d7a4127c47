/** Which parameters a command's settings use. */
import type { Expression } from '../formula/index';
import { parseFormula } from '../formula/index';
import type { CommandSpec, ParameterSpec } from './types';

/**
 * Names in the order they are met, each once. A command that does not say it itself (`CommandSpec.parameters`) keeps to three
 * forms: objects `{kind: 'parameter', name}` as in conditions, the `base` of objects of kind `period`, and texts under the
 * key `formula`. A formula that cannot be read uses none.
 */
export function settingsParameters(
  spec: Pick<CommandSpec, 'parameters'>,
  settings: unknown,
  known: readonly ParameterSpec[],
): readonly string[] {
  return [...new Set(spec.parameters ? spec.parameters(settings, known) : namesIn(settings))];
}

function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { kind, name, base } = value as Readonly<Record<string, unknown>>;
  if (kind === 'parameter' && typeof name === 'string') return [name];
  if (kind === 'period' && typeof base === 'string') return base === '' ? [] : [base];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'formula' && typeof inner === 'string' ? formulaParameters(inner) : namesIn(inner),
  );
}

/** Names of the parameters in a formula. */
export function formulaParameters(formula: string): readonly string[] {
  const parsed = parseFormula(formula);
  return parsed.ok ? namesInExpression(parsed.value) : [];
}

function namesInExpression(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'parameter':
      return [expression.name];
    case 'sign':
    case 'percent':
      return namesInExpression(expression.operand);
    case 'binary':
      return [...namesInExpression(expression.left), ...namesInExpression(expression.right)];
    case 'call':
      return expression.arguments.flatMap(namesInExpression);
    default:
      return [];
  }
}

/** Names that a condition uses. */
export const conditionParameters = (condition: unknown): readonly string[] => namesIn(condition);
