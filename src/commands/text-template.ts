/** Texts of settings with parameters in them: `%code%`, or `%[code]%` for codes with unusual characters. */
import { FailureError, failure } from '../definition/errors';
import { type Decimal, formatDecimal } from '../table/index';
import type { ColumnType, Person } from '../table/types';
import type { ProblemList } from './problem-list';
import type { ParameterSpec, RunContext } from './types';

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string };

/** What a name between percent signs cannot hold: then the sign is just a sign ("5% or 10%"). */
const NO_NAME = /[\s"'&=/?#:;,<>{}]/;
const PERCENT_ESCAPE = /^%[0-9A-Fa-f]{2}/;

/**
 * Takes a text apart. A known name always is a parameter; otherwise two hex digits behind the sign are the
 * escape of a URL ("%E3%81%82"), and a name that could be one is an unknown parameter.
 */
export function templateParts(template: string, isKnown: (name: string) => boolean): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = '';
  let at = 0;
  while (at < template.length) {
    const found = template[at] === '%' ? parameterAt(template, at) : null;
    const isParameter =
      found !== null &&
      (isKnown(found.name) || found.isBracketed || !PERCENT_ESCAPE.test(template.slice(at, at + 3)));
    if (!isParameter) {
      text += template[at];
      at += 1;
      continue;
    }
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
    parts.push({ kind: 'parameter', name: found.name });
    at = found.end;
  }
  if (text !== '') parts.push({ kind: 'text', text });
  return parts;
}

function parameterAt(template: string, start: number) {
  const isBracketed = template[start + 1] === '[';
  const from = start + (isBracketed ? 2 : 1);
  const closing = isBracketed ? ']%' : '%';
  const to = template.indexOf(closing, from);
  const name = to < 0 ? '' : template.slice(from, to);
  if (name === '' || (!isBracketed && NO_NAME.test(name))) return null;
  return { name, end: to + closing.length, isBracketed };
}

/** Names of the parameters in a text, each once; `isKnown` as for `templateParts`. */
export function templateNames(template: string, isKnown: (name: string) => boolean): readonly string[] {
  const names = templateParts(template, isKnown).flatMap((part) =>
    part.kind === 'parameter' ? [part.name] : [],
  );
  return [...new Set(names)];
}

const WITHOUT_TEXT: readonly ColumnType[] = ['files', 'table'];

/** Adds `unknownParameter {name}` and `parameterNotUsable {parameter}` (files, tables) for a text. */
export function checkTemplate(
  template: string,
  parameters: readonly ParameterSpec[],
  path: string,
  list: ProblemList,
): void {
  const known = new Map(parameters.map((spec) => [spec.name, spec]));
  for (const name of templateNames(template, (candidate) => known.has(candidate))) {
    const spec = known.get(name);
    if (!spec) list.error('unknownParameter', { name }, path);
    else if (WITHOUT_TEXT.includes(spec.type)) list.error('parameterNotUsable', { parameter: name }, path);
  }
}

/**
 * The text with the values of the run, each through `encode`. Blank is ""; several entries stand with commas
 * between; people stand by code. Throws what `context.parameter` throws, and `parameterNotUsable {parameter}`.
 */
export function fillTemplate(
  template: string,
  context: Pick<RunContext, 'parameter' | 'parameters' | 'place'>,
  encode: (value: string) => string,
): string {
  const known = new Set(context.parameters.map((spec) => spec.name));
  return templateParts(template, (name) => known.has(name))
    .map((part) => (part.kind === 'text' ? part.text : encode(parameterText(part.name, context))))
    .join('');
}

function parameterText(name: string, context: Pick<RunContext, 'parameter' | 'place'>): string {
  const { spec, cell } = context.parameter(name);
  if (WITHOUT_TEXT.includes(spec.type)) {
    throw new FailureError(failure('parameterNotUsable', { parameter: name }, context.place));
  }
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (spec.type === 'number') return formatDecimal(cell as Decimal);
  if (spec.type === 'people') return (cell as readonly Person[]).map((person) => person.code).join(',');
  return (cell as readonly string[]).join(',');
}
