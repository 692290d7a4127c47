/** What every command form gets. */
import type { ColumnSpec } from '../../table/types';
import type { FindingsAt } from '../app/checks';
import type { Metadata } from '../document/validate';

export interface FormProps<S> {
  /** Decoded by the command's own schema. */
  readonly settings: S;
  /** Replaces the settings; edits of the same `field` in a row become one step of the history. */
  change(settings: S, field?: string): void;
  /** Columns of each input; empty while they are not known. */
  readonly inputs: readonly (readonly ColumnSpec[])[];
  readonly findings: FindingsAt;
  readonly metadata: Metadata;
}
