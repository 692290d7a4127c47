import { type Language, type MessageKey, type MessageParams, message } from '../messages';
import type { ErrorBody } from './types';

/** One entry below `errors`, in kintone's key notation, e.g. `records[3].code.value`. */
export interface FieldProblem {
  readonly key: string;
  readonly message: MessageKey;
  readonly params?: MessageParams;
}

const statusByCode: Partial<Record<MessageKey, number>> = {
  CB_AU01: 401,
  CB_WA01: 401,
  CB_NO02: 403,
  CB_NF01: 404,
  GAIA_NO01: 403,
  GAIA_NT01: 403,
  GAIA_AP01: 404,
  GAIA_RE01: 404,
  GAIA_RE20: 404,
  GAIA_BL01: 404,
  GAIA_CN01: 404,
  GAIA_SP01: 404,
  GAIA_CO02: 409,
  GAIA_UN02: 409,
  GAIA_TO04: 429,
  GAIA_TM12: 429,
};

/**
 * Ends a request. Thrown, because throwing is what takes the transaction back; caught once, by the router
 * (or by bulkRequest, which adds its position).
 */
export class ApiError extends Error {
  readonly code: MessageKey;
  readonly status: number;
  readonly params: MessageParams;
  readonly problems: readonly FieldProblem[];
  /** Position of the failing call inside a bulkRequest of `size` calls. */
  bulk: { index: number; size: number } | null = null;

  constructor(code: MessageKey, params: MessageParams = {}, problems: readonly FieldProblem[] = []) {
    super(code);
    this.code = code;
    this.status = statusByCode[code] ?? 400;
    this.params = params;
    this.problems = problems;
  }
}

/** CB_VA01 for one or more wrong parameters. */
export function invalid(...problems: FieldProblem[]): ApiError {
  return new ApiError('CB_VA01', {}, problems);
}

let lastErrorNumber = 0;

/** An identifier as kintone gives to each error answer; only its presence matters to clients. */
function nextErrorId(): string {
  lastErrorNumber += 1;
  return `local${lastErrorNumber.toString(36).padStart(15, '0')}`;
}

export function errorBody(error: ApiError, language: Language): ErrorBody {
  const body: ErrorBody = {
    code: error.code,
    id: nextErrorId(),
    message: message(error.code, language, error.params),
  };
  if (error.problems.length > 0) {
    body.errors = {};
    for (const problem of error.problems) {
      body.errors[problem.key] ??= { messages: [] };
      body.errors[problem.key]!.messages.push(message(problem.message, language, problem.params));
    }
  }
  return body;
}

/** The body of an error answer, in the shape of a bulkRequest when the error happened inside one. */
export function replyBody(error: ApiError, language: Language): unknown {
  const body = errorBody(error, language);
  if (error.bulk === null) return body;
  const { index, size } = error.bulk;
  return { results: Array.from({ length: size }, (_, at) => (at === index ? body : {})) };
}
