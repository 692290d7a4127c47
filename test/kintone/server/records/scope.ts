import type { App } from '../../store/app';
import type { Store } from '../../store/store';
import type { AppSide, User } from '../../store/types';
import type { FieldProblem } from '../errors';
import type { Form } from './form';

/** Everything the writing of records of one app has in common during one call. */
export interface WriteScope {
  readonly store: Store;
  readonly app: App;
  readonly side: AppSide;
  readonly form: Form;
  readonly user: User;
  /** The caller may set creator, modifier and their times (app managers, on POST only). */
  readonly maySign: boolean;
  /** May the caller read this app? Lookups need it. */
  mayView(app: App): boolean;
  /** Loading a dump: copied values are taken as they are when given. */
  readonly trusted: boolean;
  /** Wrong values found so far; the call fails when there is any at its end. */
  readonly problems: FieldProblem[];
}
