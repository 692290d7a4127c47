/** What the parts of an output's form are given. */
import type { OutputAppSettings } from '../../commands';
import type { KintoneFields } from '../../table/kintone-json';
import type { ColumnSpec } from '../../table/types';
import type { FindingsAt } from '../app/checks';

export interface OutputPartProps {
  readonly settings: OutputAppSettings;
  readonly change: (settings: OutputAppSettings, field?: string) => void;
  readonly columns: readonly ColumnSpec[];
  readonly fields: KintoneFields;
  readonly findings: FindingsAt;
}
