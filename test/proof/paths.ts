/** What happens after a page has vanished: who comes, from where, and what that person does. */
import type { Settings } from '../../src/definition/types';
import { type Observations, type RunPorts, type RunStatus, resumeRun } from '../../src/run';
import { LEASE_MS } from '../../src/run/lease';
import { requestOf, type World } from '../run/setup';
import type { Kind } from './kinds';

export interface RecoveryPath {
  readonly name: string;
  /** Only where the outputs find their own rows again. */
  readonly isForKeyedOnly: boolean;
  /** Whether the first page only stands still, and wakes up when everything is over, if not before. */
  readonly isFrozen: boolean;
  /** Answers the last run that somebody followed to its end; null: nobody came. */
  recover(there: World, settings: Settings, kind: Kind): Promise<RunStatus | null>;
}

interface Person {
  readonly tab: string;
  readonly browser: string;
  readonly whenInterrupted: 'resume' | 'start over';
  /** How long each commit of this person's page takes; time in which another page may act. */
  readonly commitMs?: number;
}

function slowCommits(ports: RunPorts, commitMs: number): RunPorts {
  const commit: RunPorts['journal']['commit'] = async (request) => {
    await ports.clock.sleep(commitMs);
    return ports.journal.commit(request);
  };
  const journal = new Proxy(ports.journal, {
    get: (target, name, receiver) => (name === 'commit' ? commit : Reflect.get(target, name, receiver)),
  });
  return { ...ports, journal };
}

/** Presses, and does what the screen offers, until a run ends well. */
async function person(there: World, settings: Settings, kind: Kind, who: Person): Promise<RunStatus> {
  const observations: Observations = new Map();
  const ports = slowCommits(there.tab(who.tab, who.browser), who.commitMs ?? 0);
  const request = (giveUp: string | null) => {
    const made = requestOf(settings, { giveUp });
    return { ...made, owner: `${who.browser}:${made.pressId}` };
  };
  let giveUp: string | null = null;
  for (let tries = 0; tries < 6; tries += 1) {
    const first = kind.begin(there, ports, request(giveUp), observations);
    const status = await there.clock.until(first.ended);
    if (status.state === 'Success') return status;
    if (status.reason === 'interrupted' && status.holder !== null) {
      if (who.whenInterrupted === 'resume') {
        const resumed = resumeRun(ports, request(null), status.holder, observations);
        const end = await there.clock.until(resumed.ended);
        if (end.failure?.code !== 'recordChanged') return end;
        continue;
      }
      giveUp = status.holder.journalId;
    } else if (status.failure?.code === 'recordChanged') {
      giveUp = null;
    } else if (status.reason === 'locked') {
      await there.clock.advance(LEASE_MS);
    } else {
      return status;
    }
  }
  throw new Error('no run could end well');
}

const HERE = { tab: 't2', browser: 'b1' } as const;
const ELSEWHERE = { tab: 't2', browser: 'b2' } as const;

/** One line per path. */
export const PATHS: readonly RecoveryPath[] = [
  {
    name: 'resume in the same browser',
    isForKeyedOnly: false,
    isFrozen: false,
    recover: (there, settings, kind) => person(there, settings, kind, { ...HERE, whenInterrupted: 'resume' }),
  },
  {
    name: 'resume elsewhere after the lease',
    isForKeyedOnly: false,
    isFrozen: false,
    recover: (there, settings, kind) =>
      person(there, settings, kind, { ...ELSEWHERE, whenInterrupted: 'resume' }),
  },
  {
    name: 'resume elsewhere, then the first page wakes up',
    isForKeyedOnly: false,
    isFrozen: true,
    recover: (there, settings, kind) =>
      person(there, settings, kind, { ...ELSEWHERE, whenInterrupted: 'resume' }),
  },
  {
    name: 'resume elsewhere, and the first page wakes up right then',
    isForKeyedOnly: false,
    isFrozen: true,
    recover(there, settings, kind) {
      // While the first page stands still, whoever writes its run's record has just taken it over.
      there.kintone.afterCommit = ({ journalId }) => {
        if (journalId === kind.journalId) there.thaw('t1');
      };
      return person(there, settings, kind, { ...ELSEWHERE, whenInterrupted: 'resume', commitMs: 2_000 });
    },
  },
  {
    name: 'start over',
    isForKeyedOnly: true,
    isFrozen: false,
    recover: (there, settings, kind) =>
      person(there, settings, kind, { ...HERE, whenInterrupted: 'start over' }),
  },
  {
    name: 'nobody comes',
    isForKeyedOnly: false,
    isFrozen: false,
    async recover(there) {
      await there.clock.advance(60 * 60_000);
      return null;
    },
  },
];
