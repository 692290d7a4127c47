/** Named moments of a run at which its page can vanish: every call of the journal, before and after. */
import type { JournalPort, RunPorts } from '../../src/run';

type Side = 'before' | 'after';

export interface CrashPoint {
  /** `commit`, `plan upload` ...; the same names for every output mode. */
  readonly call: string;
  /** 1 for the first such call of the run. */
  readonly nth: number;
  readonly side: Side;
}

export const pointName = ({ call, nth, side }: CrashPoint): string =>
  `${side} ${call}${nth === 1 ? '' : ` ${nth}`}`;

type CommitRequest = Parameters<JournalPort['commit']>[0];

function commitName({ requests, patch }: CommitRequest): string {
  if (requests.length > 0) return 'commit';
  if (patch.endedAtMs !== undefined) return 'terminal entry';
  if (patch.reason === 'confirming') return 'question';
  if (patch.owner !== undefined) return 'takeover';
  if (patch.planFileKeys !== undefined) return 'freeze';
  if (patch.reason === 'paused') return 'pause';
  if (patch.pauseRequestedBy === '') return 'end of the pause';
  return 'heartbeat';
}

/** Of the calls that only read, the one that looks at the own record: a page that is kept out does little else. */
const NAMES: Partial<Record<keyof JournalPort, (request: never) => string>> = {
  create: () => 'run record',
  upload: () => 'plan upload',
  commit: commitName,
  read: () => 'look at the record',
};

/**
 * The ports of a page that strikes a crash point: `strike` ends or freezes the page, and `seen` hears of
 * every point on the way. What a frozen page does next waits in its own clock.
 */
export function crashing(
  ports: RunPorts,
  seen: (point: CrashPoint) => 'strike' | 'pass',
  strike: () => void,
): RunPorts {
  const counts = new Map<string, number>();
  const pass = async (point: CrashPoint): Promise<void> => {
    if (seen(point) === 'pass') return;
    strike();
    // Of a page that is gone or stands still nothing comes back from its clock.
    await ports.clock.sleep(1);
  };
  const journal = new Proxy(ports.journal, {
    get(target, name, receiver) {
      const member = Reflect.get(target, name, receiver) as unknown;
      const naming = NAMES[name as keyof JournalPort];
      if (naming === undefined || typeof member !== 'function') return member;
      return async (request: never, ...rest: unknown[]) => {
        const call = naming(request);
        const nth = (counts.get(call) ?? 0) + 1;
        counts.set(call, nth);
        await pass({ call, nth, side: 'before' });
        const reply = await member.call(target, request, ...rest);
        await pass({ call, nth, side: 'after' });
        return reply;
      };
    },
  });
  return { ...ports, journal };
}

/** Metadata arrive this slowly, so that a check outlives a heartbeat. */
const SLOW_MS = 16_000;

/** The same ports with slow reads of forms. */
export function slowForms(ports: RunPorts): RunPorts {
  const fields: RunPorts['records']['fields'] = async (app) => {
    await ports.clock.sleep(SLOW_MS);
    return ports.records.fields(app);
  };
  const records = new Proxy(ports.records, {
    get: (target, name, receiver) => (name === 'fields' ? fields : Reflect.get(target, name, receiver)),
  });
  return { ...ports, records };
}
