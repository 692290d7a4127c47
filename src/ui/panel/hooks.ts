import { useEffect, useState, useSyncExternalStore } from 'react';
import type { RunHandle, RunStatus } from '../../run/status';
import { useEnvironment } from './environment';

export function useRunStatus(handle: RunHandle): RunStatus {
  return useSyncExternalStore(
    (listener) => handle.subscribe(listener),
    () => handle.getSnapshot(),
  );
}

/** The current time, renewed every second while `isTicking`. */
export function useNowMs(isTicking: boolean): number {
  const { nowMs } = useEnvironment();
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setNow(nowMs()), 1_000);
    return () => clearInterval(timer);
  }, [isTicking, nowMs]);
  return isTicking ? Math.max(now, nowMs()) : now;
}
