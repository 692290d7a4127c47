import { FailureError, failure } from '../../src/definition/errors';
import type { RunPorts } from '../../src/run';

/** Ports of a page that kintone turns away (`session`) or that has no net. */
export function cutOff(ports: RunPorts, isOut: () => 'session' | 'offline' | null): RunPorts {
  const guard = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member = Reflect.get(target, name, receiver) as unknown;
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          const out = isOut();
          if (out === null) return member.apply(target, args);
          if (name === 'commit' && out === 'session') {
            const refusal = { status: 401, code: 'CB_AU01', message: '', requestIndex: null, rows: [] };
            return Promise.resolve({ kind: 'refused', refusal });
          }
          if (name === 'commit') return Promise.resolve({ kind: 'unknown', cause: 'offline' });
          throw new FailureError(
            failure(out === 'session' ? 'sessionExpired' : 'unreachable', { cause: '' }),
          );
        };
      },
    });
  return { ...ports, journal: guard(ports.journal), records: guard(ports.records) };
}
