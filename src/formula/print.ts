import { formatDecimal } from '../table/decimal';
import { isPlainName } from './characters';
import type { Expression } from './tree';
import { BINDING, PERCENT_BINDING, SIGN_BINDING } from './tree';

function printName(name: string): string {
  return isPlainName(name) ? name : `[${name.replaceAll(']', ']]')}]`;
}

function bindingOf(expression: Expression): number {
  if (expression.kind === 'binary') return BINDING[expression.operator];
  if (expression.kind === 'percent') return PERCENT_BINDING;
  return expression.kind === 'sign' ? SIGN_BINDING : SIGN_BINDING + 1;
}

function printWithin(expression: Expression, leastBinding: number): string {
  const text = printFormula(expression);
  return bindingOf(expression) < leastBinding ? `(${text})` : text;
}

/**
 * Writes the formula in its standard form: ASCII operators, no needless parentheses, no leading `=`.
 * Parsing the result gives the same tree, positions aside.
 */
export function printFormula(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return formatDecimal(expression.value);
    case 'text':
      return `"${expression.value.replaceAll('"', '""')}"`;
    case 'boolean':
      return expression.value ? 'TRUE' : 'FALSE';
    case 'field':
      return printName(expression.name);
    case 'parameter':
      return `%${printName(expression.name)}%`;
    case 'sign':
      return expression.operator + printWithin(expression.operand, SIGN_BINDING);
    case 'percent':
      return `${printWithin(expression.operand, PERCENT_BINDING)}%`;
    case 'binary': {
      const binding = BINDING[expression.operator];
      const left = printWithin(expression.left, binding);
      // Left-associative: an equally strong right side needs its parentheses.
      const right = printWithin(expression.right, binding + 1);
      return expression.operator === '&' || expression.operator === '^'
        ? `${left}${expression.operator}${right}`
        : `${left} ${expression.operator} ${right}`;
    }
    case 'call':
      return `${expression.name}(${expression.arguments.map(printFormula).join(', ')})`;
  }
}
