/** What helps to fill in the settings of 外部API入力: three questions, whoever answers them. */
import type { HttpColumn, InputHttpSettings } from '../../commands';
import type { TextReply, TextRequest } from '../../commands/types';
import type { Result } from '../../definition/errors';
import type { Clock } from '../ports';

/** An answer as it came; redirects may or may not have been followed on the way. */
export interface SentReply extends TextReply {
  /** In whatever case they came. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Asks a host. Any status is an answer. Throws `httpUnreachable {host, cause}`, `httpTimedOut {host, seconds}`,
 * `httpTooLarge {host, limitMegabytes}`; rejects when the signal is set.
 */
export type Send = (request: TextRequest, signal: AbortSignal) => Promise<SentReply>;

export interface ConnectorTools {
  readonly send: Send;
  readonly clock: Clock;
}

/** How an answer is read. */
export type AnswerSettings = Pick<InputHttpSettings, 'format' | 'path' | 'csvHeader' | 'csvDelimiter'>;

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Rows or columns that stand behind it; null: not told. */
  readonly count: number | null;
}

export interface Verified {
  readonly verified: boolean;
  /** In the words of the service; blank: none. */
  readonly reason: string;
}

export interface MetaModel {
  readonly columns: readonly HttpColumn[];
  /** Found, but left out: the settings have no way to name them, or there are too many. */
  readonly skipped: number;
}

/**
 * The three methods of scheduled executions. Failures are values; an abort is `connectorStopped`.
 * Source: docs/connectors.md, after "Scheduled Executions" of elastic.io.
 */
export interface Connector {
  verifyCredentials(signal: AbortSignal): Promise<Result<Verified>>;
  /** What may be chosen for a field. */
  selectModel(field: string, signal: AbortSignal): Promise<Result<readonly Choice[]>>;
  getMetaModel(signal: AbortSignal): Promise<Result<MetaModel>>;
}
