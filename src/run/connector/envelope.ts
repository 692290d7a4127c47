/**
 * The body of an answer about an execution. One rule tells a result from "not yet", so that it does not matter
 * whether the redirect to the result was followed on the way: a result has `data.attributes.result` and no
 * `data.attributes.status`; while the execution is pending, `status` says so.
 * Source: github.com/elasticio/api-docs, source/includes/_executions.md, "Poll a result of an execution" and
 * "Retrieve execution result".
 */
export type Answer =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'pending' }
  /** The execution has failed; in the words of the service (`errors` of JSON:API). */
  | { readonly kind: 'failed'; readonly says: string }
  | { readonly kind: 'unreadable' };

/** Longer words of a service are cut: they are shown. */
export const MAX_WORDS_LENGTH = 300;

export function answerIn(text: string): Answer {
  if (text.trim() === '') return { kind: 'pending' };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { kind: 'unreadable' };
  }
  if (!isObject(body)) return { kind: 'unreadable' };
  const errors = own(body, 'errors');
  if (Array.isArray(errors) && errors.length > 0) return { kind: 'failed', says: wordsOf(errors[0]) };
  const attributes = own(own(body, 'data'), 'attributes');
  const result = own(attributes, 'result');
  if (result === undefined || own(attributes, 'status') !== undefined) return { kind: 'pending' };
  // elastic.io puts what the method has returned one level deeper.
  const inner = own(result, 'data');
  const isWrapped = isObject(inner) && Object.keys(result as object).length === 1;
  return { kind: 'result', result: isWrapped ? inner : result };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Own keys only: the answer comes from outside. */
const own = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

function wordsOf(error: unknown): string {
  const words = own(error, 'detail') ?? own(error, 'title');
  return typeof words === 'string' ? words.slice(0, MAX_WORDS_LENGTH) : '';
}
