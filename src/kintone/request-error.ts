import { type Failure, FailureError, failure, type Place } from '../definition/errors';
import { isRetryableCode, type Refusal } from '../run';

/** A REST request that did not succeed, with everything kintone said. Status 0: no answer at all. */
export class RequestError extends Error {
  readonly status: number;
  readonly body: string;
  constructor(facts: { readonly status: number; readonly body?: string; readonly cause?: string }) {
    super(facts.cause ?? `HTTP ${facts.status}`);
    this.name = 'RequestError';
    this.status = facts.status;
    this.body = facts.body ?? '';
  }
}

/** kintone's own error object, from whichever client it came; null when there is none. */
interface KintoneError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly errors: Readonly<Record<string, { readonly messages?: readonly string[] }>>;
  /** Index of the failing request of a bulkRequest. */
  readonly bulkIndex: number | null;
}

/**
 * Reads the error of our page client, or of `@kintone/rest-api-client` (`KintoneRestAPIError` with
 * `status`, `code`, `errors`, `bulkRequestIndex`; anything without a JSON body is a plain Error).
 */
function kintoneError(error: unknown): KintoneError | null {
  if (error instanceof RequestError) return fromBody(error);
  const candidate = error as Partial<KintoneError> & { bulkRequestIndex?: number };
  if (typeof candidate?.code !== 'string' || typeof candidate.status !== 'number') return null;
  return {
    status: candidate.status,
    code: candidate.code,
    message: error instanceof Error ? stripCode(error.message) : '',
    errors: candidate.errors ?? {},
    bulkIndex: candidate.bulkRequestIndex ?? null,
  };
}

/** The client prefixes the message with `[status] [code]` and appends the id; people need the sentence only. */
const stripCode = (message: string): string =>
  message.replace(/^\[\d+\]\s*(\[\w+\]\s*)?/, '').replace(/\s*\([\w-]+\)$/, '');

function fromBody(error: RequestError): KintoneError | null {
  let body: unknown;
  try {
    body = JSON.parse(error.body);
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null) return null;
  const { results } = body as { results?: readonly Record<string, unknown>[] };
  if (Array.isArray(results)) {
    const index = results.findIndex((entry) => typeof entry?.['code'] === 'string');
    return index < 0 ? null : describeBody(results[index] as Record<string, unknown>, error.status, index);
  }
  return typeof (body as { code?: unknown }).code === 'string'
    ? describeBody(body as Record<string, unknown>, error.status, null)
    : null;
}

const describeBody = (
  body: Record<string, unknown>,
  status: number,
  bulkIndex: number | null,
): KintoneError => ({
  status,
  code: String(body['code']),
  message: String(body['message'] ?? ''),
  errors: (body['errors'] ?? {}) as KintoneError['errors'],
  bulkIndex,
});

/**
 * What a failed write means. `unknown`: it may have happened (no answer, or 5xx); anything else
 * kintone refused in full.
 */
export function refusalOf(
  error: unknown,
):
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unknown'; readonly cause: string } {
  const known = kintoneError(error);
  if (known === null || (known.status >= 500 && !isRetryableCode(known.code))) {
    return { kind: 'unknown', cause: error instanceof Error ? error.message : String(error) };
  }
  return {
    kind: 'refused',
    refusal: {
      status: known.status,
      code: known.code,
      message: known.message,
      requestIndex: known.bulkIndex,
      rows: Object.entries(known.errors).map(([key, value]) => ({
        ...rowOf(key),
        messages: value.messages ?? [],
      })),
    },
  };
}

/** `records[3].code.value`, `record.code.value`, `records[3].table.value[0].value.code.value` to row and field code. */
function rowOf(key: string): { readonly row: number | null; readonly field: string } {
  const match = /^records?(?:\[(\d+)\])?[.[]([^.\]]+)/.exec(key);
  const inner = /\.value\[\d+\]\.value\.([^.]+)/.exec(key);
  const row = match?.[1];
  return { row: row === undefined ? null : Number(row), field: inner?.[1] ?? match?.[2] ?? '' };
}

/** Whether a read may be repeated: no answer, 5xx, 429 or one of kintone's lock codes. */
export function isRetryableRead(error: unknown): boolean {
  const known = kintoneError(error);
  if (known !== null) return known.status >= 500 || known.status === 429 || isRetryableCode(known.code);
  if (error instanceof RequestError) return error.status === 0 || error.status >= 500 || error.status === 429;
  // The rest-api-client reports a body that is not JSON as Error("503: ...") and a lost connection as a network Error.
  return error instanceof Error && !(error instanceof FailureError);
}

const READ_CODES: Readonly<Record<string, string>> = {
  CB_NO02: 'noReadPermission',
  GAIA_NO01: 'noReadPermission',
  GAIA_AP01: 'appNotFound',
  CB_AU01: 'sessionExpired',
  CB_WA01: 'wrongPassword',
  GAIA_IQ11: 'fieldMissing',
};

/** A failed read as a value for people. */
export function readFailure(error: unknown, place: Place): Failure {
  if (error instanceof FailureError) return error.failure;
  const known = kintoneError(error);
  if (known === null) {
    return failure('unreachable', { cause: error instanceof Error ? error.message : String(error) }, place);
  }
  return failure(
    READ_CODES[known.code] ?? 'kintoneRefused',
    { code: known.code, message: known.message, status: known.status, app: place.appId ?? '' },
    place,
  );
}
