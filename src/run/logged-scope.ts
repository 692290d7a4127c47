import { ConflictBook } from './conflict-book';
import { createdRows } from './created-rows';
import { journalWriter } from './journal-writer';
import type { LoggedScope, RunScope } from './scope';

/** The scope once its run record exists and belongs to this page. `record`: what the record says now. */
export function loggedScope(
  scope: RunScope,
  record: {
    readonly journalId: string;
    readonly revision: string;
    readonly transitions: string;
    readonly createdRows?: string;
  },
): LoggedScope {
  const journal = journalWriter(scope.ports, {
    ...record,
    owner: scope.request.owner,
    heard: (entry) => scope.pause.hear(entry.pauseRequestedBy),
  });
  return { ...scope, journal, created: createdRows(record.createdRows), conflicts: new ConflictBook() };
}
