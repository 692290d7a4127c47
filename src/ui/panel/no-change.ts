import type { RunStatus } from '../../run/status';
import { outputSummaries } from './preview-model';

export interface NoChangeReason {
  readonly kind: 'noInput' | 'allSame' | 'unmatched' | 'noRows';
  /** Records that are the same, or rows without a record. */
  readonly count: number;
}

/** Why a run that succeeded wrote nothing: the question everybody asks next. */
export function noChangeReason(status: RunStatus): NoChangeReason {
  const commands = status.flows.flatMap((flow) => flow.commands);
  const sources = commands.filter((command) => command.rowsIn === 0 && command.state === 'done');
  if (commands.length > 0 && sources.length > 0 && commands.every((command) => command.rowsOut === 0)) {
    return { kind: 'noInput', count: 0 };
  }
  if (status.counts.unchanged > 0) return { kind: 'allSame', count: status.counts.unchanged };
  const unmatched = outputSummaries(status).reduce((sum, output) => sum + output.unmatched, 0);
  return unmatched > 0 ? { kind: 'unmatched', count: unmatched } : { kind: 'noRows', count: 0 };
}
