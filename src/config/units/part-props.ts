/** What the parts of a unit's page are given. */
import type { ExecutionUnit } from '../../definition/types';
import type { FindingsAt } from '../app/checks';
import type { UnitPatch } from '../document/edits';

/** Changes one part of the unit; edits of the same `field` in a row become one step of the history. */
export type ChangeUnit = (patch: UnitPatch, field?: string) => void;

export interface UnitPartProps {
  readonly unit: ExecutionUnit;
  readonly change: ChangeUnit;
  readonly findings: FindingsAt;
}
