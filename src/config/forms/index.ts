/** The form of each command. */
import type { ComponentType } from 'react';
import { CheckForm } from './CheckForm';
import { ConstantForm } from './ConstantForm';
import type { FormProps } from './contract';
import { DistinctForm } from './DistinctForm';
import { EditForm } from './EditForm';
import { ExpandTableForm } from './ExpandTableForm';
import { FilterForm } from './FilterForm';
import { GroupForm } from './GroupForm';
import { InputAppForm } from './InputAppForm';
import { InputHttpForm } from './InputHttpForm';
import { InputRecordForm } from './InputRecordForm';
import { JoinForm } from './JoinForm';
import { LimitForm } from './LimitForm';
import { LookupForm } from './LookupForm';
import { NestTableForm } from './NestTableForm';
import { OutputAppForm } from './OutputAppForm';
import { OutputStatusForm } from './OutputStatusForm';
import { OutputValueForm } from './OutputValueForm';
import { PivotForm } from './PivotForm';
import { RankForm } from './RankForm';
import { SelectForm } from './SelectForm';
import { SetTypeForm } from './SetTypeForm';
import { SortForm } from './SortForm';
import { StartUnitForm } from './StartUnitForm';
import { UnionForm } from './UnionForm';
import { UnpivotForm } from './UnpivotForm';
import { WindowForm } from './WindowForm';

/** `never`: each form takes the settings of its own type, and the caller pairs form and type by this name. */
export type AnyForm = ComponentType<FormProps<never>>;

const FORMS: Readonly<Record<string, AnyForm>> = {
  inputApp: InputAppForm,
  inputRecord: InputRecordForm,
  inputHttp: InputHttpForm,
  filter: FilterForm,
  sort: SortForm,
  distinct: DistinctForm,
  limit: LimitForm,
  check: CheckForm,
  join: JoinForm,
  lookup: LookupForm,
  union: UnionForm,
  group: GroupForm,
  pivot: PivotForm,
  unpivot: UnpivotForm,
  rank: RankForm,
  window: WindowForm,
  edit: EditForm,
  constant: ConstantForm,
  setType: SetTypeForm,
  select: SelectForm,
  expandTable: ExpandTableForm,
  nestTable: NestTableForm,
  outputApp: OutputAppForm,
  outputStatus: OutputStatusForm,
  outputValue: OutputValueForm,
  startUnit: StartUnitForm,
};

export function formFor(type: string): AnyForm | null {
  return Object.hasOwn(FORMS, type) ? (FORMS[type] ?? null) : null;
}
