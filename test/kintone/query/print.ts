import type { Condition, Operand, Query } from './types';

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** Writes a text as a query string literal, with the escapes that `parseQuery` reads. */
function quote(text: string): string {
  return `"${text.replace(/["\\\t\n\r]/g, (character) => ESCAPES[character] ?? character)}"`;
}

/** Writes a condition in canonical form: single spaces, lower-case keywords, parentheses only where they decide. */
function printCondition(condition: Condition): string {
  if (condition.kind !== 'comparison') {
    const parts = condition.parts.map((part) =>
      part.kind === 'comparison' ? printCondition(part) : `(${printCondition(part)})`,
    );
    return parts.join(` ${condition.kind} `);
  }
  const { field, operator, operands } = condition;
  const name = field.related === null ? field.code : `${field.related}.${field.code}`;
  if (operator === 'is empty' || operator === 'is not empty') return `${name} ${operator}`;
  const values = operands.map(printOperand).join(', ');
  return operator === 'in' || operator === 'not in'
    ? `${name} ${operator} (${values})`
    : `${name} ${operator} ${values}`;
}

/** Writes a whole query; `parseQuery(printQuery(q))` equals `q` but for positions. */
export function printQuery(query: Query): string {
  const clauses: string[] = [];
  if (query.condition !== null) clauses.push(printCondition(query.condition));
  if (query.orderBy.length > 0) {
    clauses.push(
      `order by ${query.orderBy.map(({ field, direction }) => `${field} ${direction}`).join(', ')}`,
    );
  }
  if (query.limit !== null) clauses.push(`limit ${query.limit}`);
  if (query.offset !== null) clauses.push(`offset ${query.offset}`);
  return clauses.join(' ');
}

function printOperand(operand: Operand): string {
  if (operand.kind !== 'function') return operand.kind === 'string' ? quote(operand.text) : operand.text;
  const args = operand.args.map(({ kind, text }) => (kind === 'string' ? quote(text) : text));
  return `${operand.name}(${args.join(', ')})`;
}
