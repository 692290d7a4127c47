/** What `--json` prints: the words and times of the trigger protocol, and the counts beside them. */
import type { FlowState, RunState } from '../definition/types';
import type { WriteCounts } from '../plan';
import type { FlowValue, RunStatus, StateReason } from '../run';

export interface FlowInfo {
  readonly flowExecUniqueKey: string;
  readonly flowName: string;
  readonly status: FlowState;
  /** "YYYY-MM-DD HH:mm:ss"; absent when the flow never started, as in the protocol. */
  readonly startTime?: string;
  /** Blank while the flow is running. */
  readonly endTime?: string;
}

export interface OutputResult extends WriteCounts {
  readonly flowId: string;
  readonly commandId: string;
  readonly appId: string;
  readonly appName: string;
}

export interface RunResult {
  readonly taskId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly state: RunState;
  readonly reason: StateReason;
  readonly isDryRun: boolean;
  readonly startTime: string;
  readonly endTime: string;
  /** Record of the log app; blank when none was made. */
  readonly logRecordId: string;
  readonly flowInfo: readonly FlowInfo[];
  /** Written rows, or in a dry run the planned ones. */
  readonly outputs: readonly OutputResult[];
  /** kintone API requests, each part of a bulkRequest counted. */
  readonly requestCount: number;
  /** Blank after Success. */
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What the flows hand back; empty after Failure. */
  readonly outputValue: readonly FlowValue[];
}

export interface ResultFacts {
  readonly isDryRun: boolean;
  /** IANA name. */
  readonly timeZone: string;
  readonly appNames: ReadonlyMap<string, string>;
  readonly errorMessage: string;
}

export function resultOf(status: RunStatus, facts: ResultFacts): RunResult {
  const time = (atMs: number | null): string => (atMs === null ? '' : protocolTime(atMs, facts.timeZone));
  return {
    taskId: status.runId,
    unitId: status.unitId,
    unitName: status.unitName,
    state: status.state,
    reason: status.reason,
    isDryRun: facts.isDryRun,
    startTime: time(status.startedAtMs),
    endTime: time(status.endedAtMs),
    logRecordId: status.journalId ?? '',
    flowInfo: status.flows.map((flow) => ({
      flowExecUniqueKey: flow.key,
      flowName: flow.name,
      status: flow.state,
      ...(flow.startedAtMs === null
        ? {}
        : { startTime: time(flow.startedAtMs), endTime: time(flow.endedAtMs) }),
    })),
    outputs: status.flows.flatMap((flow) =>
      flow.outputs.map((output) => ({
        flowId: flow.flowId,
        commandId: output.commandId,
        appId: output.app.appId,
        appName: facts.appNames.get(output.app.appId) ?? '',
        ...(facts.isDryRun ? output.planned : output.written),
        unchanged: output.planned.unchanged,
      })),
    ),
    requestCount: status.requestCount,
    errorCode: status.state === 'Failure' ? (status.failure?.code ?? '') : '',
    errorMessage: facts.errorMessage,
    outputValue: status.value,
  };
}

/** The trigger protocol's form of a moment: "2020-12-01 09:00:00" in the given zone. */
export function protocolTime(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(atMs);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((candidate) => candidate.type === type)?.value ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  return `${day} ${part('hour')}:${part('minute')}:${part('second')}`;
}
